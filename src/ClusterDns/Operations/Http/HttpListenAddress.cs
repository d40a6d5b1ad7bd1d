using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Operations.Http;

/// <summary>
/// Where a page is served: <c>:8080</c>, <c>0.0.0.0:8080</c>, <c>localhost:9153</c>, <c>[::1]:9153</c>, or a host name
/// and a port. No host means all addresses; port 0 lets the system choose.
/// </summary>
internal sealed record HttpListenAddress(string Host, int Port)
{
    /// <summary>Reads HOST:PORT; on failure <paramref name="mistake"/> says in CoreDNS's words what is wrong.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out HttpListenAddress? address,
        [NotNullWhen(false)] out string? mistake)
    {
        address = null;
        mistake = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || (text.StartsWith('[') && text.EndsWith(']')))
        {
            mistake = $"address {text}: missing port in address";
            return false;
        }

        var host = text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!isBracketed && host.Contains(':'))
        {
            mistake = $"address {text}: too many colons in address";
            return false;
        }

        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            mistake = $"address {text}: invalid port";
            return false;
        }

        host = isBracketed ? host[1..^1] : host;
        if (!IsPossibleHost(host))
        {
            mistake = $"address {text}: no such host";
            return false;
        }

        address = new HttpListenAddress(host, port);
        return true;
    }

    /// <summary>
    /// The endpoint to bind. <c>localhost</c> and other names mean their first IPv4 address if they have one, as for
    /// CoreDNS.
    /// </summary>
    /// <exception cref="SocketException">The host name has no address.</exception>
    /// <exception cref="OperationCanceledException">The look-up took too long.</exception>
    public async Task<IPEndPoint> ResolveAsync(CancellationToken cancellation)
    {
        if (Host.Length == 0)
        {
            return new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, Port);
        }

        if (Host == "localhost")
        {
            return new IPEndPoint(IPAddress.Loopback, Port);
        }

        if (IPAddress.TryParse(Host, out var address))
        {
            return new IPEndPoint(address, Port);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(HttpLimits.HostLookup);
        var found = await Dns.GetHostAddressesAsync(Host, deadline.Token).ConfigureAwait(false);
        return new IPEndPoint(found.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? found[0], Port);
    }

    // Others could neither be looked up nor stand in a URL.
    private static bool IsPossibleHost(string host) =>
        host.Length == 0 || IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) == UriHostNameType.Dns;
}
