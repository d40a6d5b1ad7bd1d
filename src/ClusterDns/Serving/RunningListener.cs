using System.Net;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Serving;

/// <summary>An open listener: UDP and TCP at one address and port, and what is served there.</summary>
internal sealed class RunningListener(
    ListenerRoutes routes,
    UdpListener udp,
    TcpQueryListener tcp,
    ListenerSettings settings,
    ServerServices services) : IAsyncDisposable
{
    private readonly ConnectionSeries _shown = services.Metrics.Connections.Show(routes.Key.Label, tcp.ReadCounters);

    public ListenerRoutes Routes { get; } = routes;

    /// <summary>Where it listens, with the port that port 0 became.</summary>
    public IPEndPoint Endpoint => udp.Endpoint;

    /// <summary>UDP sockets that it was opened with.</summary>
    public int Sockets { get; } = settings.ToUdpOptions().Workers;

    /// <summary>Queries that have come so far.</summary>
    public long Received => ReceivedByUdp + tcp.ReadCounters().Received;

    /// <summary>Those of them that came over UDP.</summary>
    public long ReceivedByUdp => udp.ReadCounters().Received;

    /// <summary>Packets that the system dropped before they were read.</summary>
    public long Dropped => udp.ReadCounters().Overflowed;

    /// <summary>Serves a later configuration. Sockets stay as they are; everything else changes, for open connections too.</summary>
    public void Use(ListenerPlan plan)
    {
        Routes.Swap(plan.Router);
        tcp.Use(plan.Settings.ToTcpOptions(services.Bounds));
    }

    /// <summary>Answers what has arrived, within the listeners' own bounds, and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        // Both at once, and those of other listeners too: this thread waits only for what is left then.
        udp.BeginStop();
        await tcp.StopAsync().ConfigureAwait(false);
        udp.Dispose();
        services.Metrics.Listeners.Forget(this);
        services.Metrics.Connections.Hide(_shown);
    }
}
