namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// Cancels one request once nothing has come for too long. Armed before each wait for the server and not in between, so
/// that a slow zone is not taken for a silent server.
/// </summary>
internal sealed class SilenceTimer : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _outer;
    private bool _isArmed;

    public SilenceTimer(TimeProvider time, CancellationToken cancellation)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _outer = cancellation.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _source);
    }

    /// <summary>Cancelled by silence, and by whoever ends the source.</summary>
    public CancellationToken Token => _source.Token;

    public void Arm(TimeSpan limit)
    {
        _isArmed = true;
        _source.CancelAfter(limit);
    }

    /// <summary>Costs nothing where it was not armed: most events of a list come with the one before.</summary>
    public void Disarm()
    {
        if (_isArmed)
        {
            _isArmed = false;
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _outer.Dispose();
        _source.Dispose();
    }
}
