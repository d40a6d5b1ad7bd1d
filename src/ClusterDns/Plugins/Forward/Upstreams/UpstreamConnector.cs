using System.Net.Security;
using System.Security.Cryptography;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Transport.Upstream;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>Turns the options of a directive into those of the client that owns the sockets.</summary>
/// <param name="mostSockets">UDP sockets for one upstream.</param>
/// <param name="logger">The plugin's.</param>
internal sealed class UpstreamConnector(int mostSockets, ILogger logger)
{
    public IUpstreamExchange Connect(ForwardOptions options, UpstreamAddress address, TimeProvider time)
    {
        var target = new UpstreamTarget(address.Endpoint, address.IsTls ? TlsFor(options, address) : null);
        return new UpstreamClient(target, OptionsFor(options, address), time, logger);
    }

    /// <summary>Certificates are checked against the most special name that is written, else the address.</summary>
    /// <exception cref="CryptographicException">A file of <c>tls</c> holds nonsense.</exception>
    public static SslClientAuthenticationOptions TlsFor(ForwardOptions options, UpstreamAddress address) =>
        UpstreamTls.Create(
            address.ServerName ?? options.TlsServerName ?? address.Endpoint.Address.ToString(),
            options.Tls.Authority,
            options.Tls.Certificate,
            options.Tls.Key);

    private UpstreamOptions OptionsFor(ForwardOptions options, UpstreamAddress address) => new()
    {
        Expire = options.Expire,
        MaxIdleConnections = options.MaxIdleConnections,
        MaxAge = options.MaxAge,
        MaxUdpSockets = mostSockets,

        // One of the other family could not be bound to a socket for this upstream.
        SourceAddress = options.SourceAddress?.AddressFamily == address.Endpoint.AddressFamily
            ? options.SourceAddress
            : null,
    };
}
