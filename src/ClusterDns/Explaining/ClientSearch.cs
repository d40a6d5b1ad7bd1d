using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>The search list of a client's resolv.conf(5).</summary>
/// <param name="Elements">In their order.</param>
/// <param name="Dots">A name with fewer dots is looked for in the list first.</param>
internal sealed record ClientSearch(IReadOnlyList<DnsName> Elements, int Dots)
{
    /// <summary>What the kubelet writes for a pod with dnsPolicy ClusterFirst.</summary>
    public const int PodDots = 5;

    /// <summary>No list: a name is looked for as it is.</summary>
    public static ClientSearch None { get; } = new([], 1);

    /// <summary>What the kubelet writes: <c>NAMESPACE.svc.ZONE svc.ZONE ZONE</c>.</summary>
    public static ClientSearch OfPod(string parent, DnsName zone) => new(
        [
            .. new[] { $"{parent}.svc.{zone}", $"svc.{zone}", zone.ToString() }
                .Select(text => DnsName.TryParse(text, out var element) ? element : null)
                .OfType<DnsName>(),
        ],
        PodDots);
}
