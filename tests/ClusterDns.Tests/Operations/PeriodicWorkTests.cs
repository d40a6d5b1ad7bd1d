using ClusterDns.Operations;
using ClusterDns.Testing;
using ClusterDns.Tests.Transport;
using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

/// <summary>A round that throws is one round less, and nothing more.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PeriodicWorkTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly LogCapture _log = new();
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private int _rounds;

    public void Dispose()
    {
        _log.Dispose();
        _stop.Dispose();
    }

    [Test]
    public async Task Round_ThatThrowsEachTime_IsBegunAgainAndToldOncePerInterval()
    {
        var running = Work().RunAsync(Interval, Fail, _stop.Token);
        await RunRoundsAsync(30);
        await StopAsync(running);

        var lines = (int)(30 * Interval / LogInterval.Length);
        Assert.That(_log.Lines, Has.Count.EqualTo(lines));
        Assert.That(_log.Lines[1], Is.EqualTo("[Error] test: counting failed and goes on (9 more since the last such line)"));
    }

    [Test]
    public async Task Round_ThatWasCancelledByNobodyOfOurs_IsOneThatFailed()
    {
        var running = Work().RunAsync(Interval, Cancelled, _stop.Token);
        await RunRoundsAsync(2);
        await StopAsync(running);

        Assert.That(_log.Lines, Has.Count.EqualTo(1));

        async Task Cancelled(CancellationToken stop)
        {
            _rounds++;
            await Task.FromCanceled(new CancellationToken(canceled: true));
        }
    }

    [Test]
    public async Task Stop_WhileARoundWaits_EndsItWithoutALine()
    {
        var running = Work().RunAsync(Interval, Wait, _stop.Token);
        await RunRoundsAsync(1);
        await StopAsync(running);

        Assert.That(_log.Lines, Is.Empty);

        async Task Wait(CancellationToken stop)
        {
            _rounds++;
            await Task.Delay(Timeout.Infinite, stop);
        }
    }

    private PeriodicWork Work() => new("counting", _log.CreateLogger("test"), _clock);

    private Task Fail(CancellationToken stop)
    {
        _rounds++;
        throw new InvalidOperationException("a bug");
    }

    private async Task RunRoundsAsync(int rounds)
    {
        for (var i = 1; i <= rounds; i++)
        {
            _clock.Advance(Interval);
            await Eventually.IsTrue(() => _rounds == i, $"round {i} is run");
        }
    }

    private async Task StopAsync(Task running)
    {
        await _stop.CancelAsync();
        await Assert.ThatAsync(() => running, Throws.InstanceOf<OperationCanceledException>());
    }
}
