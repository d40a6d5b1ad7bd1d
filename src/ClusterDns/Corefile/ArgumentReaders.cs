using System.Globalization;
using System.Net;

namespace ClusterDns.Corefile;

/// <summary>
/// Arguments that many directives have, each with the same words for a mistake:
/// <c>FILE:LINE - Error during parsing: 'X' is not ...</c>
/// </summary>
internal static class ArgumentReaders
{
    /// <summary>A duration in Go's syntax, never negative; see <see cref="GoDuration"/>.</summary>
    public static TimeSpan ReadDuration(this CorefileToken token) =>
        GoDuration.TryParse(token.Text, out var duration)
            ? duration
            : throw NotA(token, "a duration such as 30s or 1m30s");

    /// <summary>A whole number, both bounds included.</summary>
    public static int ReadInteger(this CorefileToken token, int fewest, int most = int.MaxValue) =>
        int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= fewest && number <= most
            ? number
            : throw NotA(token, $"a whole number from {fewest} to {most}");

    /// <summary><c>ADDRESS/BITS</c>, or an address alone with all its bits; bits behind the mask are dropped.</summary>
    public static IPNetwork ReadNetwork(this CorefileToken token)
    {
        if (NetworkText.TryParseAddress(token.Text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return NetworkText.TryParse(token.Text, out var network)
            ? network
            : throw NotA(token, "a network such as 10.0.0.0/8 or fd00::/64");
    }

    /// <summary>An IPv4 or IPv6 address.</summary>
    public static IPAddress ReadAddress(this CorefileToken token) =>
        NetworkText.TryParseAddress(token.Text, out var address) ? address : throw NotA(token, "an IP address");

    /// <summary>An address with or without a port. An IPv6 address with a port is in brackets.</summary>
    public static IPEndPoint ReadEndpoint(this CorefileToken token, int defaultPort) =>
        NetworkText.TryParseEndpoint(token.Text, defaultPort, out var endpoint)
            ? endpoint
            : throw NotA(token, "an IP address such as 10.0.0.1, 10.0.0.1:53 or [fd00::1]:53");

    private static CorefileException NotA(CorefileToken token, string what) =>
        CorefileException.At(token, $"'{token.Shown}' is not {what}");
}
