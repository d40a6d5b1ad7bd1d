using System.Net;
using System.Net.Security;

namespace ClusterDns.Transport.Upstream;

/// <summary>Which server an <see cref="UpstreamClient"/> asks.</summary>
/// <param name="Endpoint">Address and port, of IPv4 or IPv6.</param>
/// <param name="Tls">
/// DNS over TLS (RFC 7858) by these rules, whatever protocol is asked for; <see cref="UpstreamTls"/> makes them. Null
/// for UDP and TCP.
/// </param>
public sealed record UpstreamTarget(IPEndPoint Endpoint, SslClientAuthenticationOptions? Tls = null);
