using System.Runtime.CompilerServices;

namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>
/// An array that one thread writes: in front and behind lies a pair of cache lines that nobody does, so wherever the
/// collector puts it, no other thread waits for its lines.
/// </summary>
internal readonly struct PaddedArray<T>(int length)
    where T : unmanaged
{
    private const int PaddingOctets = 128;

    private readonly T[] _items = new T[length + (2 * Padding)];

    /// <summary>Octets that it takes, the array's own header left out.</summary>
    public long Octets => (long)_items.Length * Unsafe.SizeOf<T>();

    public Span<T> Items => _items.AsSpan(Padding, _items.Length - (2 * Padding));

    private static int Padding => (PaddingOctets + Unsafe.SizeOf<T>() - 1) / Unsafe.SizeOf<T>();

    public ref T this[int index] => ref _items[index + Padding];
}
