using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SyncWaitTests
{
    private const string Waiting = "[Information] plugin/kubernetes: waiting for Kubernetes API before starting server";
    private const string Unsynced = "[Warning] plugin/kubernetes: starting server with unsynced Kubernetes API";

    private readonly LogCapture _log = new();
    private readonly List<double> _waits = [];

    [Test]
    public async Task ClusterKnownAlready_Waited_GoesOnAtOnce()
    {
        var synced = await Wait(_ => true, TimeSpan.FromSeconds(5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(synced, Is.True);
            Assert.That(_log.Lines, Is.Empty);
        }
    }

    [Test]
    public async Task ClusterKnownAfterAWhile_Waited_SaysSoEachHalfSecond()
    {
        var synced = await Wait(round => round == 3, TimeSpan.FromSeconds(5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(synced, Is.True);
            Assert.That(_log.Lines, Is.EqualTo(new[] { Waiting, Waiting }));
            Assert.That(_waits, Is.EqualTo(new[] { 500.0, 500, 500 }));
        }
    }

    [Test]
    public async Task ClusterNeverKnown_Waited_GoesOnUnsyncedAfterTheWholeTime()
    {
        var synced = await Wait(_ => false, TimeSpan.FromMilliseconds(1200));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(synced, Is.False);
            Assert.That(_log.Lines, Is.EqualTo(new[] { Waiting, Waiting, Unsynced }));
            Assert.That(_waits, Is.EqualTo(new[] { 500.0, 500, 200 }));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task NoTimeGiven_Waited_LooksOnce(bool isKnown)
    {
        var synced = await Wait(_ => isKnown, TimeSpan.Zero);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(synced, Is.EqualTo(isKnown));
            Assert.That(_log.Lines, isKnown ? Is.Empty : Is.EqualTo(new[] { Unsynced }));
            Assert.That(_waits, Is.EqualTo(new[] { 0.0 }));
        }
    }

    [Test]
    public void Stopped_Waited_Ends()
    {
        var wait = new SyncWait(_ => Task.FromResult(false), TimeSpan.FromSeconds(5), _log.CreateLogger("plugin/kubernetes"));
        Assert.That(() => wait.RunAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<bool> Wait(Func<int, bool> isSyncedInRound, TimeSpan timeout)
    {
        var wait = new SyncWait(
            time =>
            {
                _waits.Add(time.TotalMilliseconds);
                return Task.FromResult(isSyncedInRound(_waits.Count));
            },
            timeout,
            _log.CreateLogger("plugin/kubernetes"));
        return wait.RunAsync(CancellationToken.None);
    }
}
