using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>All mixes over one cluster, the same lines in each run.</summary>
internal sealed class Mixes(ClusterShape shape)
{
    private const int Lines = 20_000;
    private const int NewNames = 300_000;
    private const int Seed = 53;

    public IEnumerable<Mix> All() =>
    [
        new("hit", "cluster hits: A of a Service", MixSource.Cluster, _ => Repeat(Hit), Mix.Udp) { IsQuick = true, HasLatency = true },
        new("real", "real life: 35 % A, 25 % AAAA without one, 40 % search path", MixSource.Cluster, _ => Repeat(RealLife), Mix.Udp)
        {
            IsQuick = true,
            HasLatency = true,
        },
        new("headless3", "headless, 3 endpoints", MixSource.Cluster, _ => [Headless(shape.SmallHeadlessService)], Mix.Udp),
        new("headless100", "headless, 100 endpoints, over TCP", MixSource.Cluster, _ => [Headless(shape.LargeHeadlessService)], Mix.TcpPipelined),
        new("srv", "SRV of a Service's port", MixSource.Cluster, _ => Repeat(Port), Mix.Udp),
        new("ptr", "PTR of cluster addresses and endpoints", MixSource.Cluster, _ => Repeat(Pointer), Mix.Udp),
        new("edns", "real life with EDNS", MixSource.Cluster, _ => Repeat(RealLife), [.. Mix.Udp, "-e"]),
        new("do", "real life with EDNS and DO", MixSource.Cluster, _ => Repeat(RealLife), [.. Mix.Udp, "-D"]),
        new("tcp", "real life over long TCP connections", MixSource.Cluster, _ => Repeat(RealLife), Mix.TcpPipelined)
        {
            IsQuick = true,
            HasLatency = true,
        },
        new("tcponce", "cluster hits, one TCP connection a query", MixSource.Cluster, _ => Repeat(Hit)) { IsOneShot = true },
        new("cached1k", "1,000 external names, cached", MixSource.Cached, _ => Cached(1_000), Mix.Udp)
        {
            IsQuick = true,
            HasLatency = true,
            CachedNames = 1_000,
        },
        new("cached100k", "100,000 external names, cached", MixSource.Cached, _ => Cached(Scenery.ExternalNames), Mix.Udp)
        {
            CachedNames = Scenery.ExternalNames,
        },
        new("uncached", "external names, each new", MixSource.Uncached, New, "-c", "20", "-q", "100"),
    ];

    private static IEnumerable<string> Repeat(Func<Random, string> line)
    {
        var random = new Random(Seed);
        return Enumerable.Range(0, Lines).Select(_ => line(random));
    }

    private string Hit(Random random) => ClusterShape.DomainOf(ClusterService(random)) + " A";

    private string RealLife(Random random) => random.Next(100) switch
    {
        < 35 => Hit(random),
        < 60 => ClusterShape.DomainOf(ClusterService(random)) + " AAAA",
        _ => SearchMiss(random),
    };

    // What ndots:5 makes of an external name, one of the three search entries of a pod.
    private string SearchMiss(Random random)
    {
        string[] search =
        [
            $"{ClusterShape.NamespaceOf(random.Next(shape.Services))}.svc.{ClusterShape.Zone}", $"svc.{ClusterShape.Zone}", ClusterShape.Zone,
        ];
        return $"{Scenery.ExternalName(random.Next(Scenery.ExternalNames))}.{search[random.Next(search.Length)]} {(random.Next(2) == 0 ? "A" : "AAAA")}";
    }

    private static string Headless(int service) => ClusterShape.DomainOf(service) + " A";

    private string Port(Random random) => $"_http._tcp.{ClusterShape.DomainOf(random.Next(shape.LargeHeadlessService))} SRV";

    private string Pointer(Random random)
    {
        var service = ClusterService(random);
        var address = random.Next(2) == 0
            ? ClusterShape.AddressOf(service)
            : shape.EndpointAddress(service, random.Next(shape.EndpointsPerService));
        return ClusterShape.ReverseOf(address) + " PTR";
    }

    private static IEnumerable<string> Cached(int names) => Enumerable.Range(0, names).Select(number => Scenery.ExternalName(number) + " A");

    private static IEnumerable<string> New(int round) =>
        Enumerable.Range(0, NewNames).Select(number => $"r{round}-{number}.new.{Scenery.ExternalZone} A");

    private int ClusterService(Random random)
    {
        int service;
        do
        {
            service = random.Next(shape.Services);
        }
        while (shape.IsHeadless(service));

        return service;
    }
}
