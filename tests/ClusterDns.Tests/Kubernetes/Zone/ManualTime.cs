namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Time that stands still until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    // Odd on purpose: nobody may take a timestamp for ticks or milliseconds.
    public override long TimestampFrequency => 1_234_567;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => (long)(_now.ToUnixTimeMilliseconds() / 1000.0 * TimestampFrequency);

    public void Advance(TimeSpan time) => _now += time;
}
