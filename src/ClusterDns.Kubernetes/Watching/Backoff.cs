using System.Security.Cryptography;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// Delays that double up to a bound, each by chance between half and whole, so that many servers which lost the same API
/// server don't come back in step. Begins anew after a time without need.
/// </summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeSpan soundAfter, TimeProvider time)
{
    private const int Grains = 1 << 20;

    private TimeSpan? _next;
    private long? _readyAt;

    /// <summary>The next delay is the first one again.</summary>
    public void Reset() => _next = null;

    public TimeSpan Next()
    {
        var now = time.GetTimestamp();
        if (_readyAt is { } ready && time.GetElapsedTime(ready, now) >= soundAfter)
        {
            _next = null;
        }

        var step = _next ?? first;
        var delay = step * (0.5 + (0.5 * RandomNumberGenerator.GetInt32(Grains) / Grains));
        _next = step * 2 < longest ? step * 2 : longest;
        _readyAt = now + (long)(delay.TotalSeconds * time.TimestampFrequency);
        return delay;
    }
}
