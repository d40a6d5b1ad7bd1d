using System.Net;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>Who asks: an address and the search list of a namespace.</summary>
/// <param name="Role">In the tests' names.</param>
/// <param name="Namespace">The namespace whose names come first in its search list.</param>
/// <param name="Address">Its address; a pod's, or that of a node.</param>
/// <param name="Address6">Its other address: a resolver may ask for no IPv6 on a host without any.</param>
internal sealed record Client(string Role, string Namespace, IPAddress Address, IPAddress Address6)
{
    /// <summary>The addresses of the two pods are those of <c>objects.yaml</c>.</summary>
    public static IReadOnlyList<Client> All { get; } =
    [
        new("example", "example", IPAddress.Parse("10.244.1.10"), IPAddress.Parse("fd00:10:244:1::10")),
        new("default", "default", IPAddress.Parse("10.244.1.20"), IPAddress.Parse("fd00:10:244:1::20")),
        new("node", "example", IPAddress.Parse("10.0.0.5"), IPAddress.Parse("fd00:10::5")) { IsPod = false },
    ];

    /// <summary>A host-network pod is none: it has its node's address and the search list of its namespace.</summary>
    public bool IsPod { get; init; } = true;

    /// <summary>As the kubelet writes it.</summary>
    public string ResolvConf =>
        $"""
        search {Namespace}.svc.cluster.local svc.cluster.local cluster.local
        nameserver {ResolverCluster.DnsAddress}
        options ndots:5

        """;

    public override string ToString() => Role;
}
