using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>A reader beside the writer sees each Service as it was before a change or as it is after it, never between.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConcurrentReaderTests
{
    private const int Writes = 20_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly ZoneUnderTest _zone = new();

    public ConcurrentReaderTests() => _zone.Apply(Namespace("shop"));

    [Test]
    public void Endpoints_WhileTheySwitch_AreOneSetOrTheOther()
    {
        ClusterChange[] states =
        [
            Slice("shop/x", "web", Group("10.0.0.1=a 10.0.0.2=b", "http/tcp/80")),
            Slice("shop/x", "web", Group("10.0.1.1=c 10.0.1.2 10.0.1.3=d", "dns/udp/53"), Group("fd00::1", "dns/udp/53")),
        ];
        _zone.Apply(Service("shop/web", ""), states[0]);
        string[] expected = ["2 http/tcp/80 10.0.0.1=a 10.0.0.2=b", "4 dns/udp/53 10.0.1.1=c 10.0.1.2 10.0.1.3=d fd00::1"];

        ReadWhileWriting(states, () =>
        {
            var service = _zone.Find("shop/web")!;
            return expected.Contains($"{service.ReadyCount} {service.Endpoints[0].Ports[0]} {ZoneText.OfEndpoints(service.Endpoints)}");
        });
    }

    [Test]
    public void Service_WhileItSwitches_IsOneOrTheOther()
    {
        ClusterChange[] states = [Service("shop/web", "10.96.0.1", "http/tcp/80"), ExternalName("shop/web", "db.example")];
        _zone.Apply(states[0]);

        ReadWhileWriting(states, () =>
        {
            var service = _zone.Find("shop/web")!;
            return service.Kind == ServiceKind.ClusterIP
                ? service.ClusterAddresses.Length == 1 && service.Ports.Length == 1 && service.ExternalName.IsEmpty
                : service.ClusterAddresses.IsEmpty && service.Ports.IsEmpty && service.ExternalName.Length == 12;
        });
    }

    [Test]
    public void Address_ThatStays_IsFoundWhileOthersComeAndGo()
    {
        _zone.Apply(Service("shop/web", ""), Service("shop/api", "10.96.0.1"), Slice("shop/stays", "web", Group("10.0.0.1=stays")));
        var others = Enumerable.Range(0, 500).Select(i => $"10.1.{i / 250}.{i % 250}").ToArray();
        // The index is rebuilt again and again: 500 addresses come, and tombstones of others pile up.
        var states = Enumerable.Range(0, 40)
            .Select(i => Slice("shop/changes", "web", Group("10.0.0.1=changes " + string.Join(' ', others.Skip(i * 12).Take(i % 2 == 0 ? 1 : 400)))))
            .Concat(Enumerable.Range(0, 40).Select(i => Service($"shop/more-{i}", $"10.97.0.{i}")))
            .Concat(Enumerable.Range(0, 40).Select(i => Remove(ResourceKind.Service, $"shop/more-{i}")))
            .ToArray();

        ReadWhileWriting(states, () =>
            _zone.OwnersOf("10.0.0.1") is "web.shop[0]=changes web.shop[0]=stays" or "web.shop[0]=stays"
            && _zone.Zone.FindServiceByClusterAddress(Address("10.96.0.1")) is not null
            && _zone.Find("shop/web") is not null);
    }

    [Test]
    public void Owners_WhileTheyComeAndGo_AreWhatTheyClaim()
    {
        var address = Address("10.0.0.1");
        var states = Enumerable.Range(0, 8)
            .Select(i => Slice($"shop/x{i % 4}", "web", i % 3 == 0 ? Group("10.0.0.9 10.0.0.1") : Group($"10.0.0.{i}"), Group("10.0.0.1 10.0.0.2")))
            .Concat(Enumerable.Range(0, 4).Select(i => Remove(ResourceKind.EndpointSlice, $"shop/x{i}")))
            .ToArray();

        ReadWhileWriting(states, () =>
        {
            foreach (var owner in _zone.Zone.FindEndpointsByAddress(address))
            {
                if (owner.Endpoints.IndexOf(address, owner.Index) != owner.Index || ZoneText.Ascii(owner.ServiceLabel) != "web")
                {
                    return false;
                }
            }

            return true;
        });
    }

    [Test]
    public void Endpoints_WhenSlicesTakeOver_LeaveNoGap()
    {
        _zone.Apply(Service("shop/web", ""), Endpoints("shop/web", Group("10.0.0.1")));
        ClusterChange[] states = [Slice("shop/x", "web", Group("10.0.0.1")), Remove(ResourceKind.EndpointSlice, "shop/x")];

        ReadWhileWriting(states, () =>
            _zone.EndpointsOf("shop/web") == "10.0.0.1" && _zone.OwnersOf("10.0.0.1").Length > 0);
    }

    /// <summary>The writer goes round and round the states; the reader looks until the writer has ended.</summary>
    private void ReadWhileWriting(ClusterChange[] states, Func<bool> isWhole)
    {
        using var readerLooks = new ManualResetEventSlim();
        var writing = Task.Run(() =>
        {
            readerLooks.Wait(Deadline);
            for (var i = 0; i < Writes; i++)
            {
                _zone.Writer.Apply(states[i % states.Length]);
            }
        });
        var torn = 0;
        var reads = 0L;
        do
        {
            torn += isWhole() ? 0 : 1;
            reads++;
            readerLooks.Set();
        }
        while (!writing.IsCompleted);

        Assert.That(writing.Wait(Deadline), Is.True);
        Assert.That(torn, Is.Zero, $"torn reads of {reads}");
    }
}
