using System.Net;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>One server to ask.</summary>
/// <param name="Endpoint">Where it listens.</param>
/// <param name="IsTls">DNS over TLS (RFC 7858) instead of UDP and TCP.</param>
/// <param name="ServerName">The name that its certificate is to have; null for what <c>tls_servername</c> says.</param>
/// <param name="NamedAt">The line that names it, as <c>/etc/resolv.conf:3</c> or <c>Corefile:12</c>.</param>
/// <param name="NamedAs">What stands there: an address or a host name.</param>
internal sealed record UpstreamAddress(
    IPEndPoint Endpoint,
    bool IsTls,
    string? ServerName,
    string NamedAt,
    string NamedAs)
{
    /// <summary>Whether both are one server, wherever they are named.</summary>
    public bool IsSameServer(UpstreamAddress other) =>
        Endpoint.Equals(other.Endpoint) && IsTls == other.IsTls && ServerName == other.ServerName;

    /// <summary><c>10.0.0.2:53</c> or <c>[fd00::2]:53</c>.</summary>
    public override string ToString() => Endpoint.ToString();
}
