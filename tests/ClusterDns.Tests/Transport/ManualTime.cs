namespace ClusterDns.Tests.Transport;

/// <summary>A clock that stands still until it is moved, with a frequency that no real one has.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _now = 7_000;

    public override long TimestampFrequency => 1_400;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, (long)(by.TotalSeconds * TimestampFrequency));
}
