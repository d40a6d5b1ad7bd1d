using ClusterDns.Kubernetes.Objects;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Wire;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>A few objects with something of everything that a snapshot keeps.</summary>
internal static class SmallCluster
{
    public static readonly NetworkAddress[] Addresses =
        [.. "10.96.0.1 fd00::1 203.0.113.7 10.0.0.1 10.0.0.2 fd00:1::3 10.0.0.9 10.0.0.10 10.0.0.11".Split(' ').Select(Address)];

    public static ClusterChange[] Objects { get; } =
    [
        Namespace("shop"),
        Namespace("empty"),
        Service("shop/web", "10.96.0.1 fd00::1", "http/tcp/80 /udp/53"),
        ClusterChange.Put(new ServiceRecord
        {
            Key = Key("shop/edge"),
            Kind = ServiceKind.ClusterIP,
            ClusterAddresses = [Address("10.96.0.2")],
            Ports = [new PortRecord("none", "tcp", PortRecord.None)],
            ExternalAddresses = [Address("203.0.113.7")],
            ExternalHostnames = ["lb.Example.org", "b\\.c.example.org"],
        }),
        ExternalName("shop/alias", "Elsewhere.Example.org"),
        Service("shop/db", ""),
        Slice("shop/db-1.a", "db", Group("10.0.0.1=db-0 10.0.0.2", notReady: 2), Group("fd00:1::3", ports: "")),
        Slice("shop/waiting", "db", Group("", notReady: 3)),
        Slice("shop/orphan", "", Group("10.0.0.1")),
        Slice("gone/pods", "later", WithPodNames()),
        Endpoints("shop/web", Group("10.0.0.9", "http/tcp/8080 https/tcp/8443")),
        Pod("shop/web-0", "10.0.0.9"),
        ClusterChange.Put(new PodRecord(Key("shop/dual.stack"), Address("10.0.0.10"), Address("fd00:1::10"), IsHostNetwork: false)),
        ClusterChange.Put(new PodRecord(Key("shop/host"), Address("10.0.0.11"), null, IsHostNetwork: true)),
    ];

    public static ZoneUnderTest Zone() => new ZoneUnderTest().Apply(Objects);

    private static PackedEndpoints WithPodNames()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true) { Ports = [Port("http/tcp/80")] };
        builder.TryAdd(Address("10.0.0.2"), null, "later-7d9f");
        builder.TryAdd(Address("10.0.0.9"), "named", null);
        return builder.Build();
    }
}
