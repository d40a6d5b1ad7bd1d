using ClusterDns.Plugins.Cache;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>What happens once a second, on a timer's thread.</summary>
[TestFixture]
internal sealed class CacheSweepTests
{
    [Test]
    public void Sweep_ThatThrows_IsToldAndTheNextOneGoesOn()
    {
        using var log = new LogCapture();
        var clock = new FailingClock(new ManualClock());
        var store = new CacheStore(new CacheOptions([DnsName.Root]), new CacheBudget(100_000), clock, log.CreateLogger("plugin/cache"));
        var query = QueryFactory.Ask("a.example.org.", RecordType.A);
        query.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.A, RecordClass.IN, 60, new byte[4]);
        store.Success.TryAdd(CacheEntry.Of(new CacheKey(query, store.Seed), query.Reply, false, 60, 1, 1));

        clock.FailsNext = true;
        clock.Advance(CacheLimits.SweepPeriod);
        var afterTheFault = store.Success.Count;
        clock.Advance(10 * CacheLimits.SweepPeriod);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Lines, Is.EqualTo(["[Error] plugin/cache: sweeping the cache failed and goes on (0 more since the last such line)"]));
            Assert.That(afterTheFault, Is.EqualTo(1));
            Assert.That(store.Success.Count, Is.Zero);
        }

        store.Close();
    }

    private sealed class FailingClock(ManualClock clock) : TimeProvider
    {
        public bool FailsNext { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp()
        {
            var fails = FailsNext;
            FailsNext = false;
            return fails ? throw new InvalidOperationException("a bug") : clock.GetTimestamp();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);

        public void Advance(TimeSpan by) => clock.Advance(by);
    }
}
