using System.Net;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>One way to configure the server.</summary>
/// <param name="Name">In the tests' names and in the table.</param>
/// <param name="Corefile">What it is started with.</param>
internal sealed record ServerVariant(string Name, string Corefile)
{
    /// <summary>Who answers for the world.</summary>
    public static readonly IPEndPoint Upstream = new(IPAddress.Parse("10.0.0.53"), 53);

    public static ServerVariant Plain { get; } = new("plain", With(pods: "insecure"));

    /// <summary>The server walks the search list of a pod.</summary>
    public static ServerVariant Autopath { get; } = new("autopath", With(pods: "verified", "autopath @kubernetes"));

    /// <summary>The server also knows short names that are asked for as they are written, and no IPv6 outside.</summary>
    public static ServerVariant Short { get; } = new("shortnames", With(pods: "verified", "autopath @kubernetes", "shortnames", "aaaa never"))
    {
        KnowsShortNames = true,
        HidesIPv6 = true,
    };

    public static IReadOnlyList<ServerVariant> All { get; } = [Plain, Autopath, Short];

    /// <summary>Those whose queries the tables count, in their order there.</summary>
    public static IReadOnlyList<ServerVariant> Counted { get; } = [Plain, Autopath];

    /// <summary>Short names need no search list.</summary>
    public bool KnowsShortNames { get; private init; }

    /// <summary>Names outside have no AAAA.</summary>
    public bool HidesIPv6 { get; private init; }

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
