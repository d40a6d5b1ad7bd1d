using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Status;
using ClusterDns.Plugins.Status.Tail;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class StatusPluginTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void Serve_NobodyFollows_AllocatesNothing(bool counts)
    {
        var metrics = new QueryMetrics(Metrics.NewCustomRegistry(), TimeProvider.System, new SeriesBudget(10));
        var plugin = new StatusPlugin(new QueryTail(TimeProvider.System), counts ? metrics : null) { Next = Answering() };
        using var query = QueryFactory.Ask("example.org.", RecordType.A);

        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    [Test]
    public void Serve_MoreThanASecondsWorth_ShowsSomeAndCountsAll()
    {
        var clock = new ManualClock();
        var tail = new QueryTail(clock);
        Assert.That(TailFilter.TryParse("EXAMPLE", "", "", "10.244.0.5", out var filter, out _), Is.True);
        var follower = tail.Follow(filter!)!;
        var plugin = new StatusPlugin(tail, null) { Next = Answering() };
        using var query = QueryFactory.Ask("www.Example.org.", RecordType.A);
        using var other = QueryFactory.Ask("www.test.", RecordType.A);
        for (var second = 1; second <= 5; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < 100; i++)
            {
                plugin.ServeAsync(query).GetAwaiter().GetResult();
                plugin.ServeAsync(other).GetAwaiter().GetResult();
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(follower.Matched, Is.EqualTo(500));
            Assert.That(follower.Passed, Is.EqualTo(StatusLimits.TailQueue), "nobody has read, and the queue is full");
            Assert.That(follower.Lines.Count, Is.EqualTo(StatusLimits.TailQueue));
        }
    }

    private static PluginChain Answering() => PluginChain.Build([new StubPlugin(_ => ServeResult.Answered)]);
}
