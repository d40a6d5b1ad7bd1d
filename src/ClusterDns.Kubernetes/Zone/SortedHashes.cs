using System.Runtime.InteropServices;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Hashes of one object's addresses, each once: an address may stand in it twice, and two may collide. Keeps its memory
/// for the next object.
/// </summary>
internal sealed class SortedHashes
{
    private readonly List<uint> _hashes = [];

    /// <summary>Good until the next call.</summary>
    public ReadOnlySpan<uint> Of(PackedEndpoints[] groups)
    {
        _hashes.Clear();
        foreach (var group in groups)
        {
            for (var i = 0; i < group.Count; i++)
            {
                _hashes.Add(ZoneHash.Of(NetworkAddress.FromOctets(group.Address(i))));
            }
        }

        return SortDistinct();
    }

    /// <summary>Good until the next call.</summary>
    public ReadOnlySpan<uint> Of(ReadOnlySpan<NetworkAddress> addresses)
    {
        _hashes.Clear();
        foreach (var address in addresses)
        {
            _hashes.Add(ZoneHash.Of(address));
        }

        return SortDistinct();
    }

    private ReadOnlySpan<uint> SortDistinct()
    {
        var hashes = CollectionsMarshal.AsSpan(_hashes);
        hashes.Sort();
        var distinct = 0;
        foreach (var hash in hashes)
        {
            if (distinct == 0 || hashes[distinct - 1] != hash)
            {
                hashes[distinct++] = hash;
            }
        }

        return hashes[..distinct];
    }
}
