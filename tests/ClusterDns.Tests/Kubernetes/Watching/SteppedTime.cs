namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>Time that stands still until it is stepped; its timers are not needed here and never fire.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

    public void Step(TimeSpan by) => _ticks += by.Ticks;
}
