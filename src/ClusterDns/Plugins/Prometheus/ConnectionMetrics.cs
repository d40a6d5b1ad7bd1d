using ClusterDns.Transport.Tcp;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>TCP connections of every listener: how many are open, and why others were closed. Read from its counters by a scrape.</summary>
internal sealed class ConnectionMetrics
{
    private readonly Lock _changing = new();
    private readonly List<ConnectionSeries> _shown = [];
    private readonly Gauge _open;
    private readonly Counter _closed;

    public ConnectionMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        _open = factory.CreateGauge("clusterdns_tcp_connections", "TCP connections that are open.", ["server"]);
        _closed = factory.CreateCounter(
            "clusterdns_tcp_connections_closed_total", "TCP connections that were closed, by reason.", ["server", "reason"]);
        registry.AddBeforeCollectCallback(Fold);
    }

    /// <summary>Shows a listener's connections until <see cref="Hide"/>.</summary>
    public ConnectionSeries Show(string server, Func<TcpListenerCounters> read)
    {
        var series = new ConnectionSeries(_open.WithLabels(server), reason => _closed.WithLabels(server, reason), read);
        lock (_changing)
        {
            _shown.Add(series);
        }

        return series;
    }

    /// <summary>Its listener is closed.</summary>
    public void Hide(ConnectionSeries series)
    {
        lock (_changing)
        {
            series.Fold();
            _shown.Remove(series);
        }
    }

    private void Fold()
    {
        lock (_changing)
        {
            _shown.ForEach(series => series.Fold());
        }
    }
}
