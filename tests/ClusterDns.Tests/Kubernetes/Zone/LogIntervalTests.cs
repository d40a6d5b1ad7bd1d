using ClusterDns.Kubernetes.Zone;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Zone;

internal sealed class LogIntervalTests
{
    [Test]
    public void Lines_WithinTheInterval_AreCountedNotPassed()
    {
        var time = new ManualTime();
        var interval = new LogInterval(time, TimeSpan.FromMinutes(1));

        Assert.That(interval.TryPass(out var silent), Is.True);
        Assert.That(silent, Is.Zero);
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            Assert.That(interval.TryPass(out _), Is.False);
        }

        time.Advance(TimeSpan.FromSeconds(16));
        Assert.That(interval.TryPass(out silent), Is.True);
        Assert.That(silent, Is.EqualTo(3));
        Assert.That(interval.TryPass(out silent), Is.False);
    }
}
