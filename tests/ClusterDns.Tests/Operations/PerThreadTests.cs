using ClusterDns.Operations;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PerThreadTests
{
    private readonly PerThread<int[]> _counters = new(() => new int[1]);

    [Test]
    public void Value_OnOneThread_IsAlwaysTheSame() =>
        Assert.That(_counters.Value, Is.SameAs(_counters.Value));

    [Test]
    public void Values_OfThreadsAlreadyEnded_AreAllFound()
    {
        const int threads = 100;
        const int each = 1000;
        var running = Enumerable.Range(0, threads)
            .Select(_ => new Thread(() =>
            {
                for (var i = 0; i < each; i++)
                {
                    _counters.Value[0]++;
                }
            }))
            .ToList();
        running.ForEach(thread => thread.Start());
        running.ForEach(thread => thread.Join());

        Assert.That(_counters.All.Sum(counter => counter[0]), Is.EqualTo(threads * each));
    }

    [Test]
    public void Value_AgainAndAgain_AllocatesNothing() =>
        Assert.That(Allocation.Of(() => _counters.Value[0]++), Is.Zero);
}
