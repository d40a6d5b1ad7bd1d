using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>What sockets know and no query ever shows. Belongs to the server; counts stay when a listener is closed.</summary>
internal sealed class ListenerMetrics
{
    private readonly Lock _changing = new();
    private readonly Dictionary<RunningListener, long> _told = [];
    private readonly Counter _dropped;

    public ListenerMetrics(CollectorRegistry registry)
    {
        _dropped = Metrics.WithCustomRegistry(registry).CreateCounter(
            "clusterdns_udp_dropped_packets_total",
            "Packets that the system dropped before they were read: the queue was full, or their sender had too much in it.",
            ["server"]);
        registry.AddBeforeCollectCallback(Fold);
    }

    public void Show(RunningListener listener)
    {
        lock (_changing)
        {
            _told.Add(listener, 0);
        }
    }

    /// <summary>Before the listener is closed, or after.</summary>
    public void Forget(RunningListener listener)
    {
        lock (_changing)
        {
            if (_told.ContainsKey(listener))
            {
                Fold(listener);
                _told.Remove(listener);
            }
        }
    }

    private void Fold()
    {
        lock (_changing)
        {
            foreach (var listener in _told.Keys.ToArray())
            {
                Fold(listener);
            }
        }
    }

    private void Fold(RunningListener listener)
    {
        var dropped = listener.Dropped;
        _dropped.WithLabels(listener.Routes.Key.Label).Inc(Math.Max(0, dropped - _told[listener]));
        _told[listener] = dropped;
    }
}
