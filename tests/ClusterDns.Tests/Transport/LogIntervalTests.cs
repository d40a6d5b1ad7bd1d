using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

internal sealed class LogIntervalTests
{
    [Test]
    public void TryEnter_WithinTheInterval_HoldsBackAndCounts()
    {
        var time = new ManualTime();
        var interval = new LogInterval(time);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(interval.TryEnter(out var heldBack), Is.True, "the first line");
            Assert.That(heldBack, Is.Zero);
            Assert.That(interval.TryEnter(out _), Is.False, "the same moment");
            time.Advance(LogInterval.Length - TimeSpan.FromSeconds(1));
            Assert.That(interval.TryEnter(out _), Is.False, "just before the end");
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.That(interval.TryEnter(out heldBack), Is.True, "the next interval");
            Assert.That(heldBack, Is.EqualTo(2));
        }
    }

    [Test]
    public void TryEnter_ByManyThreadsAtOnce_LetsOneThrough()
    {
        var interval = new LogInterval(new ManualTime());
        var entered = 0;

        Parallel.For(0, 10_000, _ => Interlocked.Add(ref entered, interval.TryEnter(out var _) ? 1 : 0));

        Assert.That(entered, Is.EqualTo(1));
    }
}
