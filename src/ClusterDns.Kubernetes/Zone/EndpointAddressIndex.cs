using System.Buffers;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Keeps the index by address in step with the endpoints of one object. Only differences touch the index, so an address
/// that stays is found at every moment.
/// </summary>
internal sealed class EndpointAddressIndex(HashIndex<EndpointsNode> index)
{
    public void Change(EndpointsNode node, PackedEndpoints[] from, PackedEndpoints[] to)
    {
        var oldHashes = ArrayPool<uint>.Shared.Rent(from.Sum(group => group.Count));
        var newHashes = ArrayPool<uint>.Shared.Rent(to.Sum(group => group.Count));
        Merge(node, SortHashes(from, oldHashes), SortHashes(to, newHashes));
        ArrayPool<uint>.Shared.Return(oldHashes);
        ArrayPool<uint>.Shared.Return(newHashes);
    }

    /// <summary>Each hash once: the index holds a node once however many of its endpoints share an address.</summary>
    private static ReadOnlySpan<uint> SortHashes(PackedEndpoints[] groups, uint[] buffer)
    {
        var count = 0;
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                buffer[count++] = ZoneHash.Of(NetworkAddress.FromOctets(group.Address(i)));
            }
        }

        var hashes = buffer.AsSpan(0, count);
        hashes.Sort();
        var distinct = 0;
        foreach (var hash in hashes)
        {
            if (distinct == 0 || buffer[distinct - 1] != hash)
            {
                buffer[distinct++] = hash;
            }
        }

        return hashes[..distinct];
    }

    private void Merge(EndpointsNode node, ReadOnlySpan<uint> from, ReadOnlySpan<uint> to)
    {
        while (!from.IsEmpty || !to.IsEmpty)
        {
            if (to.IsEmpty || (!from.IsEmpty && from[0] < to[0]))
            {
                index.Remove(from[0], node);
                from = from[1..];
            }
            else if (from.IsEmpty || to[0] < from[0])
            {
                index.Add(to[0], node);
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
