namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>
/// Spaces requests to the API server: after a burst, one every so often. A request takes its place in line when it asks,
/// so the wait of each is known at once.
/// </summary>
internal sealed class RequestThrottle
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _ticksBetween;
    private readonly double _ticksOfBurst;
    private double _nextFree;

    /// <param name="perSecond">0 leaves requests unlimited.</param>
    /// <param name="burst">0 means 1.</param>
    /// <param name="time">Its timestamps count.</param>
    public RequestThrottle(double perSecond, int burst, TimeProvider time)
    {
        _time = time;
        _ticksBetween = perSecond > 0 ? time.TimestampFrequency / perSecond : 0;
        _ticksOfBurst = _ticksBetween * (Math.Max(burst, 1) - 1);
        _nextFree = time.GetTimestamp() - _ticksOfBurst;
    }

    /// <summary>Waits for the request's place, and gives how long that was.</summary>
    public async ValueTask<TimeSpan> WaitAsync(CancellationToken cancellation)
    {
        var wait = TakePlace();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
        }

        return wait;
    }

    /// <summary>Takes the next place in line: how long to wait for it.</summary>
    internal TimeSpan TakePlace()
    {
        if (_ticksBetween <= 0)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var place = Math.Max(_nextFree, now - _ticksOfBurst);
            _nextFree = place + _ticksBetween;
            return place > now ? TimeSpan.FromSeconds((place - now) / _time.TimestampFrequency) : TimeSpan.Zero;
        }
    }
}
