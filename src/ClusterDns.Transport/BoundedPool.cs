using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Transport;

/// <summary>Objects to use again, at most so many; what comes back beyond that is left to the collector.</summary>
internal sealed class BoundedPool<T>(int capacity)
    where T : class
{
    private readonly ConcurrentQueue<T> _items = new();
    private int _count;

    public bool TryRent([NotNullWhen(true)] out T? item)
    {
        if (!_items.TryDequeue(out item))
        {
            return false;
        }

        Interlocked.Decrement(ref _count);
        return true;
    }

    public void Return(T item)
    {
        if (Interlocked.Increment(ref _count) <= capacity)
        {
            _items.Enqueue(item);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}
