using System.Net;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Serving;

/// <summary>An open listener: UDP and TCP at one address and port, and what is served there.</summary>
internal sealed class RunningListener(ListenerRoutes routes, UdpListener udp, TcpQueryListener tcp) : IAsyncDisposable
{
    public ListenerRoutes Routes { get; } = routes;

    /// <summary>Where it listens, with the port that port 0 became.</summary>
    public IPEndPoint Endpoint => udp.Endpoint;

    /// <summary>Answers what has arrived, within the listeners' own bounds, and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        await tcp.StopAsync().ConfigureAwait(false);
        udp.Dispose();
    }
}
