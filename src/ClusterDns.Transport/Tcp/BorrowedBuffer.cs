using System.Buffers;

namespace ClusterDns.Transport.Tcp;

/// <summary>An array of the shared pool, counted against the listener's budget until it is given back. Not thread-safe.</summary>
internal struct BorrowedBuffer(ByteBudget budget)
{
    private byte[]? _array;

    public readonly bool IsEmpty => _array is null;

    public readonly byte[] Array => _array ?? [];

    /// <summary>Borrows at least <paramref name="size"/> octets that begin with <paramref name="content"/>; false over budget.</summary>
    public bool TryBorrow(int size, ReadOnlySpan<byte> content)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        content.CopyTo(larger);
        Return();
        _array = larger;
        return true;
    }

    public void Return()
    {
        if (_array is not null)
        {
            budget.Return(_array.Length);
            ArrayPool<byte>.Shared.Return(_array);
            _array = null;
        }
    }
}
