using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking;

/// <summary>What the rules look at: everything that is right in the Corefile, and the cluster if one was given.</summary>
internal sealed record CheckedConfiguration(IReadOnlyList<CheckedBlock> Blocks, ClusterFacts? Cluster)
{
    /// <summary>The block that answers a name asked at an address and port; null if none does.</summary>
    public CheckedBlock? Route(DnsName name, int port, IPAddress? address)
    {
        // A socket bound to the address gets the packet, if there is one: only blocks on that socket are candidates.
        var bound = address is not null
            && Blocks.Any(block => block.Setup.BindAddresses.Contains(address) && block.Keys.Any(key => key.Port == port));
        return Blocks
            .Where(block => !bound || block.Setup.BindAddresses.Contains(address!))
            .Select(block => (Block: block, Match: block.MatchOf(name, port, address)))
            .Where(candidate => candidate.Match >= 0)
            .OrderByDescending(candidate => candidate.Match)
            .Select(candidate => candidate.Block)
            .FirstOrDefault();
    }
}
