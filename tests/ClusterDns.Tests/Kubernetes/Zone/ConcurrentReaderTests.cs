using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>
/// A reader beside the writer sees each Service as it was before a change or as it is after it, never between. What is
/// checked is checked fast: a gap of nanoseconds is met only by a reader that is always there.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConcurrentReaderTests
{
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

        ReadWhileWriting(30_000, states, () =>
        {
            var service = _zone.Zone.FindNamespace("shop"u8)!.FindService("web"u8);
            if (service is null || service.Endpoints.IsEmpty)
            {
                return false;
            }

            var first = service.Endpoints[0];
            return service.Endpoints.Length == 1
                ? service.ReadyCount == 2 && first.Count == 2 && first.Ports[0].Number == 80 && first.Hostname(1).SequenceEqual("b"u8)
                : service.ReadyCount == 4 && first.Count == 3 && first.Ports[0].Number == 53 && first.Hostname(2).SequenceEqual("d"u8);
        });
    }

    [Test]
    public void Service_WhileItSwitches_IsOneOrTheOther()
    {
        ClusterChange[] states = [Service("shop/web", "10.96.0.1", "http/tcp/80"), ExternalName("shop/web", "db.example")];
        _zone.Apply(states[0]);

        ReadWhileWriting(30_000, states, () =>
        {
            var service = _zone.Zone.FindNamespace("shop"u8)!.FindService("web"u8);
            return service is { Kind: ServiceKind.ClusterIP }
                ? service.ClusterAddresses.Length == 1 && service.Ports.Length == 1 && service.ExternalName.IsEmpty
                : service is not null && service.ClusterAddresses.IsEmpty && service.Ports.IsEmpty && service.ExternalName.Length == 12;
        });
    }

    [Test]
    public void Address_ThatStays_IsFoundWhileOthersComeAndGo()
    {
        var address = Address("10.0.0.1");
        ClusterChange[] states = [.. Enumerable.Range(0, 20).Select(i => Slice("shop/x", "web", Group($"10.0.0.{100 + i} 10.0.0.1")))];
        _zone.Apply(states[0], Slice("shop/y", "api", Group("10.0.0.1")));

        ReadWhileWriting(30_000, states, () => CountOwners(address) == 2);
    }

    [Test]
    public void Tables_WhileTheyAreRebuilt_LoseNothing()
    {
        var (endpoint, cluster) = (Address("10.0.0.1"), Address("10.96.0.1"));
        _zone.Apply(Service("shop/web", "10.96.0.1"), Slice("shop/x", "web", Group("10.0.0.1")));
        // Names and addresses that are always new: every few of them the tables are full of what is gone.
        var states = Enumerable.Range(0, 10_000).SelectMany(i => new[]
        {
            Service($"shop/more-{i}", $"10.97.{i / 250}.{i % 250}"),
            Slice("shop/y", "api", Group($"10.1.{i / 250}.{i % 250}")),
            Remove(ResourceKind.Service, $"shop/more-{i}"),
        }).ToArray();

        ReadWhileWriting(states.Length, states, () =>
            CountOwners(endpoint) == 1
            && _zone.Zone.FindServiceByClusterAddress(cluster) is not null
            && _zone.Zone.FindNamespace("shop"u8)!.FindService("web"u8) is not null);
    }

    [Test]
    public void Owners_WhileTheyComeAndGo_AreWhatTheyClaim()
    {
        var address = Address("10.0.0.1");
        var states = Enumerable.Range(0, 8)
            .Select(i => Slice($"shop/x{i % 4}", "web", i % 3 == 0 ? Group("10.0.0.9 10.0.0.1") : Group($"10.0.0.{i}"), Group("10.0.0.1 10.0.0.2")))
            .Concat(Enumerable.Range(0, 4).Select(i => Remove(ResourceKind.EndpointSlice, $"shop/x{i}")))
            .ToArray();

        ReadWhileWriting(30_000, states, () =>
        {
            foreach (var owner in _zone.Zone.FindEndpointsByAddress(address))
            {
                if (owner.Endpoints.IndexOf(address, owner.Index) != owner.Index || !owner.ServiceLabel.SequenceEqual("web"u8))
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
        var address = Address("10.0.0.1");
        _zone.Apply(Service("shop/web", ""), Endpoints("shop/web", Group("10.0.0.1")));
        ClusterChange[] states = [Slice("shop/x", "web", Group("10.0.0.1")), Remove(ResourceKind.EndpointSlice, "shop/x")];

        ReadWhileWriting(30_000, states, () =>
            _zone.Zone.FindNamespace("shop"u8)!.FindService("web"u8)!.ReadyCount == 1 && CountOwners(address) > 0);
    }

    private int CountOwners(NetworkAddress address)
    {
        var count = 0;
        foreach (var owner in _zone.Zone.FindEndpointsByAddress(address))
        {
            count++;
        }

        return count;
    }

    /// <summary>The writer goes round and round the states; the reader looks until the writer has ended.</summary>
    private void ReadWhileWriting(int writes, ClusterChange[] states, Func<bool> isWhole)
    {
        using var readerLooks = new ManualResetEventSlim();
        var writing = Task.Run(() =>
        {
            readerLooks.Wait(Deadline);
            for (var i = 0; i < writes; i++)
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
