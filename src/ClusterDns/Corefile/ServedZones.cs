using System.Net;

namespace ClusterDns.Corefile;

/// <summary>
/// Which zones are taken on which address and port, to refuse a second block for the same. A block without <c>bind</c>
/// takes every address, so it also collides with blocks of its zone and port that have one.
/// </summary>
internal sealed class ServedZones
{
    /// <summary>Addresses by zone and port; null is a block without <c>bind</c>.</summary>
    private readonly Dictionary<string, List<IPAddress?>> _addresses = [];

    /// <param name="key">The zone, its scheme and its port.</param>
    /// <param name="address">From <c>bind</c>; null for a block without.</param>
    /// <param name="hasView">
    /// The block answers only some queries: it may stand in front of others for the same zone, never behind one that
    /// answers all.
    /// </param>
    /// <exception cref="CorefileException"><c>FILE:LINE - cannot serve dns://ZONE:PORT - REASON</c></exception>
    public void Add(ServerKey key, IPAddress? address, bool hasView = false)
    {
        if (!_addresses.TryGetValue(key.ToString(), out var taken))
        {
            _addresses[key.ToString()] = taken = [];
        }

        if (taken.Contains(address))
        {
            throw CannotServe("it is already defined");
        }

        if (taken.Count > 0 && (address is null || taken.Contains(null)))
        {
            throw CannotServe($"zone overlap listener capacity with {Name(key, address is null ? taken[^1] : null)}");
        }

        if (!hasView)
        {
            taken.Add(address);
        }

        CorefileException CannotServe(string reason) =>
            CorefileException.AtKey(key.Token, $"cannot serve {Name(key, address)} - {reason}");
    }

    private static string Name(ServerKey key, IPAddress? address) => address is null ? $"{key}" : $"{key} on {address}";
}
