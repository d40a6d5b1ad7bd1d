using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Keeps an index by address in step with the addresses of its items. Only differences touch the index, so an address
/// that stays is found at every moment.
/// </summary>
internal sealed class AddressIndex<T>(HashIndex<T> index)
    where T : class, IComparable<T>
{
    private readonly SortedHashes _before = new();
    private readonly SortedHashes _after = new();

    public void Change(T item, PackedEndpoints[] from, PackedEndpoints[] to) =>
        Merge(item, _before.Of(from), _after.Of(to));

    public void Change(T item, ReadOnlySpan<NetworkAddress> from, ReadOnlySpan<NetworkAddress> to) =>
        Merge(item, _before.Of(from), _after.Of(to));

    private void Merge(T item, ReadOnlySpan<uint> from, ReadOnlySpan<uint> to)
    {
        while (!from.IsEmpty || !to.IsEmpty)
        {
            if (to.IsEmpty || (!from.IsEmpty && from[0] < to[0]))
            {
                index.Remove(from[0], item);
                from = from[1..];
            }
            else if (from.IsEmpty || to[0] < from[0])
            {
                index.Add(to[0], item);
                to = to[1..];
            }
            else
            {
                from = from[1..];
                to = to[1..];
            }
        }
    }
}
