using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>Asks the system's resolver.</summary>
internal sealed class SystemHostLookup(TimeProvider time) : IHostLookup
{
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
    {
        try
        {
            // The system's call may go on behind a cancelled wait, so the wait has its own limit.
            return await Dns.GetHostAddressesAsync(host, cancellation)
                .WaitAsync(ForwardLimits.HostTimeout, time, cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or TimeoutException)
        {
            // The name does not exist, or nobody could say in time.
            return [];
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
