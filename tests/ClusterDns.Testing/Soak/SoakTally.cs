using System.Collections.Concurrent;

namespace ClusterDns.Testing.Soak;

/// <summary>What the clients have seen.</summary>
internal sealed class SoakTally
{
    private const int MostTold = 20;

    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly Lock _lock = new();
    private long _asked;
    private long _overTcp;
    private long _retried;
    private long _lost;
    private long _wrong;
    private long _failed;
    private long _excusedFailures;

    public long Asked => Interlocked.Read(ref _asked);

    public long OverTcp => Interlocked.Read(ref _overTcp);

    /// <summary>Asked once more.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Without an answer then, too.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Never true in the time that they may be about.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>SERVFAIL where there was no reason.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>SERVFAIL for a name of upstreams that were both dead.</summary>
    public long ExcusedFailures => Interlocked.Read(ref _excusedFailures);

    /// <summary>How old the truth of an answer was at the most, while the API server was well.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>The latest answer after an outage's end that told of a state from before it.</summary>
    public TimeSpan Convergence { get; private set; }

    /// <summary>The latest SERVFAIL after the return of the upstreams.</summary>
    public TimeSpan UpstreamRecovery { get; private set; }

    public IReadOnlyCollection<string> Complaints => _complaints;

    public bool IsSound => Wrong == 0 && Failed == 0 && Lost == 0;

    public void CountAsked(bool isTcp)
    {
        Interlocked.Increment(ref _asked);
        if (isTcp)
        {
            Interlocked.Increment(ref _overTcp);
        }
    }

    public void CountRetried() => Interlocked.Increment(ref _retried);

    public void CountLost(string what)
    {
        Interlocked.Increment(ref _lost);
        Complain($"lost: {what}");
    }

    public void CountWrong(string what)
    {
        Interlocked.Increment(ref _wrong);
        Complain($"wrong: {what}");
    }

    public void CountFailed(string what)
    {
        Interlocked.Increment(ref _failed);
        Complain($"SERVFAIL: {what}");
    }

    public void CountExcused(TimeSpan? sinceReturn)
    {
        Interlocked.Increment(ref _excusedFailures);
        lock (_lock)
        {
            UpstreamRecovery = Max(UpstreamRecovery, sinceReturn ?? TimeSpan.Zero);
        }
    }

    public void NoteLag(TimeSpan lag)
    {
        lock (_lock)
        {
            Lag = Max(Lag, lag);
        }
    }

    public void NoteConvergence(TimeSpan time)
    {
        lock (_lock)
        {
            Convergence = Max(Convergence, time);
        }
    }

    private void Complain(string what)
    {
        if (_complaints.Count < MostTold)
        {
            _complaints.Enqueue(what);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
