using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Corefile;

/// <summary>
/// Addresses and networks as Go reads them, which is how Corefiles mean them: the library's own readers also take
/// <c>10.1</c>, octal numbers and brackets.
/// </summary>
internal static class NetworkText
{
    /// <summary>Four decimal octets, or RFC 4291 text with or without a scope; no brackets.</summary>
    public static bool TryParseAddress(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && !text.StartsWith('[')
        && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.SequenceEqual(address.ToString()));

    /// <summary><c>ADDRESS/BITS</c>; bits of the address behind the mask are dropped.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IPNetwork network)
    {
        network = default;
        var slash = text.IndexOf('/');
        return slash >= 0
            && !text.Contains('%')
            && TryParseAddress(text[..slash], out _)
            && IPNetwork.TryParse(text, out network);
    }

    /// <summary><c>10.0.0.1</c>, <c>10.0.0.1:53</c>, <c>fd00::1</c>, <c>[fd00::1]</c> or <c>[fd00::1]:53</c>.</summary>
    public static bool TryParseEndpoint(
        ReadOnlySpan<char> text, int defaultPort, [NotNullWhen(true)] out IPEndPoint? endpoint)
    {
        endpoint = null;
        var host = text;
        var port = defaultPort;
        var colon = text.LastIndexOf(':');

        // The only colon, or the one behind a bracket: any other is part of an IPv6 address.
        if (colon > 0 && (text[colon - 1] == ']' || text.IndexOf(':') == colon))
        {
            host = text[..colon];
            if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
                || port > IPEndPoint.MaxPort)
            {
                return false;
            }
        }

        if (host is ['[', .. var inner, ']'] && inner.Contains(':'))
        {
            host = inner;
        }

        endpoint = TryParseAddress(host, out var address) ? new IPEndPoint(address, port) : null;
        return endpoint is not null;
    }
}
