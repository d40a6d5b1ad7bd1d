using System.Net;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>One way to configure the server.</summary>
/// <param name="Name">In the tests' names and in the table.</param>
/// <param name="Corefile">What it is started with.</param>
internal sealed record ServerVariant(string Name, string Corefile)
{
    /// <summary>Who answers for the world.</summary>
    public static readonly IPEndPoint Upstream = new(IPAddress.Parse("10.0.0.53"), 53);

    public static IReadOnlyList<ServerVariant> All { get; } = [new("plain", With(pods: "insecure"))];

    /// <summary>What kubeadm writes, with how pods are known and whatever is added.</summary>
    private static string With(string pods, params IEnumerable<string> plugins) =>
        $$"""
        .:53 {
            errors
            health
            ready
            {{string.Join("\n    ", plugins)}}
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods {{pods}}
                fallthrough in-addr.arpa ip6.arpa
                ttl 30
            }
            prometheus :9153
            forward . {{Upstream.Address}}
            cache 30
            loadbalance
        }
        """;

    public override string ToString() => Name;
}
