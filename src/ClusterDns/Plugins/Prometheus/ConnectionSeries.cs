using ClusterDns.Transport.Tcp;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>What is shown of one listener's TCP connections. Its owner's lock is held.</summary>
internal sealed class ConnectionSeries(
    IGauge open, Func<string, ICounter> closedFor, Func<TcpListenerCounters> read)
{
    private readonly ICounter _ended = closedFor("ended");
    private readonly ICounter _timedOut = closedFor("timeout");
    private readonly ICounter _slow = closedFor("slow_reader");
    private readonly ICounter _overBudget = closedFor("over_budget");
    private readonly ICounter _displaced = closedFor("displaced");
    private readonly ICounter _refused = closedFor("refused");
    private TcpListenerCounters _told;
    private long _toldEnded;

    /// <summary>Adds what has happened since the last time.</summary>
    public void Fold()
    {
        var now = read();
        open.Set(now.Open);
        _timedOut.Inc(now.TimedOut - _told.TimedOut);
        _slow.Inc(now.SlowReaders - _told.SlowReaders);
        _overBudget.Inc(now.OverBudget - _told.OverBudget);
        _displaced.Inc(DisplacedIn(now) - DisplacedIn(_told));
        _refused.Inc(RefusedIn(now) - RefusedIn(_told));
        _told = now;

        // Why a connection has to end is counted a moment before it has ended.
        var ended = now.Ended - now.TimedOut - now.SlowReaders - now.OverBudget - DisplacedIn(now);
        if (ended > _toldEnded)
        {
            _ended.Inc(ended - _toldEnded);
            _toldEnded = ended;
        }
    }

    private static long DisplacedIn(in TcpListenerCounters counters) =>
        counters.DisplacedByTotal + counters.DisplacedByAddress;

    private static long RefusedIn(in TcpListenerCounters counters) => counters.RefusedByTotal + counters.RefusedByAddress;
}
