using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Serving;

/// <summary>Opens the sockets of a listener.</summary>
internal sealed class ListenerOpener(ServerServices services, QueryPool pool)
{
    /// <summary>Tries at finding a port that is free for UDP and TCP alike, when the system chooses it.</summary>
    private const int PortTries = 16;

    /// <exception cref="StartException">The address is not ours, in use, or not permitted.</exception>
    public RunningListener Open(ListenerPlan plan)
    {
        var routes = new ListenerRoutes(plan.Key, plan.Router, services.Metrics.Queries);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(routes, plan.Settings);
            }
            catch (SocketException exception)
            {
                if (plan.Key.Port != 0 || attempt == PortTries)
                {
                    throw new StartException($"cannot listen on {plan.Key.Label}: {exception.Message}", exception);
                }
            }
        }
    }

    private RunningListener Open(ListenerRoutes routes, ListenerSettings settings)
    {
        var logger = services.Logging.CreateLogger("");
        var handler = new PacketHandler(routes, pool, services.Time, services.Metrics.Panics, logger);
        var endpoint = new IPEndPoint(routes.Key.Address ?? IPAddress.IPv6Any, routes.Key.Port);
        var udp = UdpListener.Start(endpoint, handler, settings.ToUdpOptions(), services.Time, logger);
        try
        {
            endpoint.Port = udp.Endpoint.Port;
            var tcp = TcpQueryListener.Start(endpoint, handler, settings.ToTcpOptions(services.Bounds), services.Time, logger);
            var listener = new RunningListener(routes, udp, tcp, settings, services);
            services.Metrics.Listeners.Show(listener);
            return listener;
        }
        catch
        {
            udp.Dispose();
            throw;
        }
    }
}
