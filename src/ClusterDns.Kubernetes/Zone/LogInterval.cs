namespace ClusterDns.Kubernetes.Zone;

/// <summary>Lets one log line through per interval and counts those it kept back. For one thread.</summary>
internal sealed class LogInterval(TimeProvider time, TimeSpan interval)
{
    private long _last;
    private long _silent;
    private bool _hasPassed;

    /// <param name="silent">Lines kept back since the last that passed.</param>
    public bool TryPass(out long silent)
    {
        silent = _silent;
        if (_hasPassed && time.GetElapsedTime(_last) < interval)
        {
            _silent++;
            return false;
        }

        _hasPassed = true;
        _last = time.GetTimestamp();
        _silent = 0;
        return true;
    }
}
