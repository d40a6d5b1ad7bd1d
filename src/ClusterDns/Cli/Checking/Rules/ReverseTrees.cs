using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>The two trees of addresses. What <c>kubernetes</c> counts as reverse zones are only those below.</summary>
internal static class ReverseTrees
{
    public static IReadOnlyList<DnsName> All { get; } = [DnsName.Parse("in-addr.arpa"), DnsName.Parse("ip6.arpa")];

    public static bool Contain(DnsName zone) => All.Any(zone.IsAtOrBelow);
}
