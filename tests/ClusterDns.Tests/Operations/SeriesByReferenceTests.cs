using ClusterDns.Operations;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SeriesByReferenceTests
{
    private const string Udp = "dns://:53";
    private const string Tls = "tls://:853";

    private static readonly DnsName Zone = DnsName.Parse("cluster.local");

    private readonly SeriesByReference<DnsName, int[]> _series;
    private int _created;

    public SeriesByReferenceTests()
    {
        _series = new((_, _) => [++_created]);
    }

    [Test]
    public void Of_TheSameServerAndZone_IsMadeOnce()
    {
        Assert.That(_series.Of(Udp, Zone), Is.SameAs(_series.Of(Udp, Zone)));
        Assert.That(_created, Is.EqualTo(1));
    }

    [Test]
    public void Of_AnotherServerOrZone_IsAnother()
    {
        int[][] series = [_series.Of(Udp, Zone), _series.Of(Tls, Zone), _series.Of(Udp, DnsName.Root), _series.Of(Tls, DnsName.Root)];
        int[][] again = [_series.Of(Udp, Zone), _series.Of(Tls, Zone), _series.Of(Udp, DnsName.Root), _series.Of(Tls, DnsName.Root)];

        Assert.That(series.SelectMany(numbers => numbers), Is.EqualTo([1, 2, 3, 4]));
        Assert.That(again.SelectMany(numbers => numbers), Is.EqualTo([1, 2, 3, 4]));
    }

    [Test]
    public void Of_ManyThreadsTogether_IsMadeOnce()
    {
        const int threads = 8;
        using var start = new Barrier(threads);
        var found = new int[threads][];
        var running = Enumerable.Range(0, threads)
            .Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                found[i] = _series.Of(Udp, Zone);
            }))
            .ToList();
        running.ForEach(thread => thread.Start());
        running.ForEach(thread => thread.Join());

        Assert.That(found, Is.All.SameAs(found[0]));
        Assert.That(_created, Is.EqualTo(1));
    }

    [Test]
    public void Of_AgainAndAgain_AllocatesNothing()
    {
        _series.Of(Tls, Zone);
        _series.Of(Udp, Zone);

        Assert.That(Allocation.Of(() => _series.Of(Tls, Zone)[0]++), Is.Zero);
    }
}
