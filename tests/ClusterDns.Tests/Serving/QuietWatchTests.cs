using ClusterDns.Serving;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class QuietWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualClock _clock = new();
    private readonly LogCapture _log = new();
    private long _received;

    public void Dispose() => _log.Dispose();

    [Test]
    public async Task Wait_WithoutQueries_EndsAfterTheQuietTime() =>
        Assert.That(await MeasureAsync(askedUntil: TimeSpan.Zero), Is.EqualTo(QuietWatch.Quiet));

    [Test]
    public async Task Wait_WithQueriesForAWhile_EndsAQuietTimeBehindTheLast()
    {
        var asked = TimeSpan.FromSeconds(3);

        Assert.That(await MeasureAsync(asked), Is.EqualTo(asked + QuietWatch.Quiet));
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Wait_WithQueriesForEver_EndsAfterTheLongestTimeAndSaysSo()
    {
        Assert.That(await MeasureAsync(askedUntil: TimeSpan.MaxValue), Is.EqualTo(QuietWatch.Longest));
        Assert.That(_log.Lines.Single(), Does.EndWith("Still asked after 10 seconds of waiting for quiet, stopping nevertheless"));
    }

    [Test]
    public async Task Wait_WhenSomebodyLosesPatience_EndsAtOnce()
    {
        using var impatience = new CancellationTokenSource();
        var waiting = Watch().WaitAsync(impatience.Token);
        await impatience.CancelAsync();

        Assert.That(async () => await waiting.WaitAsync(Patience), Throws.Nothing);
    }

    private QuietWatch Watch() => new(() => _received, _clock, _log.CreateLogger("server"));

    /// <summary>How long it waits when there is a query in each interval up to a moment.</summary>
    private async Task<TimeSpan> MeasureAsync(TimeSpan askedUntil)
    {
        var waiting = Watch().WaitAsync(CancellationToken.None);
        var passed = TimeSpan.Zero;
        using var patience = new CancellationTokenSource(Patience);
        while (!waiting.IsCompleted)
        {
            if (_clock.PendingTimers == 0)
            {
                await Task.Delay(1, patience.Token);
                continue;
            }

            passed += QuietWatch.CheckInterval;
            _received += passed <= askedUntil ? 1 : 0;
            _clock.Advance(QuietWatch.CheckInterval);
        }

        await waiting;
        return passed;
    }
}
