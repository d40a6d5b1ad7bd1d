using ClusterDns.Kubernetes.Watching;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(60);

    [Test]
    public void Next_WithoutPause_DoublesToTheBoundByChanceBetweenHalfAndWhole()
    {
        var time = new SteppedTime();
        var backoff = new Backoff(First, Longest, Sound, time);
        foreach (var bound in new[] { 1, 2, 4, 8, 16, 30, 30, 30 })
        {
            var delay = backoff.Next();
            time.Step(delay);
            Assert.That(delay.TotalSeconds, Is.InRange(bound * 0.5, bound));
        }
    }

    [Test]
    public void Next_AfterSoundTime_BeginsAnew()
    {
        var time = new SteppedTime();
        var backoff = new Backoff(First, Longest, Sound, time);
        for (var count = 0; count < 6; count++)
        {
            time.Step(backoff.Next());
        }

        time.Step(Sound - TimeSpan.FromSeconds(1));
        var stillLong = backoff.Next();
        time.Step(stillLong + Sound);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stillLong, Is.GreaterThanOrEqualTo(Longest / 2));
            Assert.That(backoff.Next(), Is.LessThanOrEqualTo(First));
        }
    }

    [Test]
    public void Next_AfterReset_BeginsAnew()
    {
        var backoff = new Backoff(First, Longest, TimeSpan.MaxValue, new SteppedTime());
        for (var count = 0; count < 6; count++)
        {
            backoff.Next();
        }

        backoff.Reset();

        Assert.That(backoff.Next(), Is.LessThanOrEqualTo(First));
    }

    [Test]
    public void Next_ManyClients_AreSpread()
    {
        var delays = Enumerable.Range(0, 100).Select(_ => new Backoff(First, Longest, Sound, new SteppedTime()).Next()).ToList();
        Assert.That(delays.Distinct().Count(), Is.GreaterThan(50));
    }
}
