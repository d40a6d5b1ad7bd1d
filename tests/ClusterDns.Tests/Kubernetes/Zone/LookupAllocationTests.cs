using ClusterDns.Kubernetes.Zone;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>No lookup that a query makes may allocate, found or not.</summary>
internal sealed class LookupAllocationTests
{
    private const int Rounds = 1000;

    private readonly ZoneUnderTest _zone = new();

    [OneTimeSetUp]
    public void FillZone() => _zone.Apply(
        Namespace("shop"),
        Service("shop/web", "10.96.0.1 fd00::1", "http/tcp/80 dns/udp/53"),
        Slice("shop/a", "web", Group("10.0.0.1=a 10.0.0.2"), Group("fd00::2")),
        Slice("shop/b", "web", Group("10.0.0.1=b")),
        Pod("shop/web-0", "10.0.0.1"),
        Pod("shop/web-1", "10.0.0.1"),
        Pod("shop/web-2", "10.0.0.3"));

    private static IEnumerable<TestCaseData> Lookups()
    {
        var (service, missing, endpoint) = (Address("fd00::1"), Address("192.0.2.1"), Address("10.0.0.1"));
        var client = Address("10.0.0.3");
        yield return Case("namespace", zone => zone.FindNamespace("shop"u8) is not null);
        yield return Case("no namespace", zone => zone.FindNamespace("example"u8) is null);
        yield return Case("service", zone => zone.FindNamespace("shop"u8)!.FindService("web"u8) is not null);
        yield return Case("no service", zone => zone.FindNamespace("shop"u8)!.FindService("example"u8) is null);
        yield return Case("service's members", zone => ReadAll(zone.FindNamespace("shop"u8)!.FindService("web"u8)!) > 0);
        yield return Case("cluster address", zone => zone.FindServiceByClusterAddress(service) is not null);
        yield return Case("no cluster address", zone => zone.FindServiceByClusterAddress(missing) is null);
        yield return Case("owners of an address", zone => CountOwners(zone, endpoint) == 2);
        yield return Case("no owner of an address", zone => CountOwners(zone, missing) == 0);
        yield return Case("pod", zone => zone.HasPod(zone.FindNamespace("shop"u8)!, endpoint) && !zone.TryFindClient(endpoint, out _));
        yield return Case("client", zone => zone.TryFindClient(client, out var pod) && pod.Name.SequenceEqual("web-2"u8));
        yield return Case("no pod", zone => !zone.HasPod(zone.FindNamespace("shop"u8)!, missing) && !zone.TryFindClient(missing, out _));
        yield return Case("counts", zone => zone is { IsSynced: true, Serial: > 0, ServiceCount: 1, EndpointCount: 4 });

        static TestCaseData Case(string name, Func<ClusterZone, bool> lookup) => new TestCaseData(lookup).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Lookups))]
    public void Lookup_FoundOrNot_AllocatesNothing(Func<ClusterZone, bool> lookup)
    {
        var zone = _zone.Zone;
        var hits = Repeat(lookup, zone);
        var before = GC.GetAllocatedBytesForCurrentThread();
        hits += Repeat(lookup, zone);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(hits, Is.EqualTo(2 * Rounds));
        Assert.That(allocated, Is.Zero);
    }

    private static int Repeat(Func<ClusterZone, bool> lookup, ClusterZone zone)
    {
        var hits = 0;
        for (var i = 0; i < Rounds; i++)
        {
            hits += lookup(zone) ? 1 : 0;
        }

        return hits;
    }

    private static int ReadAll(ServiceEntry service)
    {
        var octets = service.Label.Length + service.QualifiedLabels.Length + service.Namespace.Label.Length + service.ExternalName.Length;
        octets += service.ClusterAddresses.Length + service.ExternalAddresses.Length + service.ExternalHostnames.Length;
        foreach (ref readonly var port in service.Ports)
        {
            octets += port.Name.Length + port.Protocol.Length;
        }

        foreach (var group in service.Endpoints)
        {
            for (var i = 0; i < group.Count; i++)
            {
                octets += group.Address(i).Length + group.Hostname(i).Length + group.PodName(i).Length + group.Ports.Length;
            }
        }

        return octets;
    }

    private static int CountOwners(ClusterZone zone, ClusterDns.Wire.NetworkAddress address)
    {
        var count = 0;
        foreach (var owner in zone.FindEndpointsByAddress(address))
        {
            count += owner.Service is not null && owner.Endpoints.Address(owner.Index).Length > 0 ? 1 : 0;
        }

        return count;
    }
}
