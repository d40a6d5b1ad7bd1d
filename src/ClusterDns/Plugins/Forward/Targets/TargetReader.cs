using System.Globalization;
using System.Net;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>
/// Reads a TO argument: <c>10.0.0.2</c>, <c>10.0.0.2:53</c>, <c>[fd00::2]:53</c>, <c>tls://9.9.9.9%dns.quad9.net</c>,
/// <c>/etc/resolv.conf</c>, <c>dns.example.org</c>. What is no address is a file if there is such a file, else a host name
/// if it looks like one.
/// </summary>
internal static class TargetReader
{
    private const int DnsPort = 53;
    private const int TlsPort = 853;
    private const string SchemeEnd = "://";

    /// <exception cref="CorefileException">It is none of these.</exception>
    public static ForwardTarget Read(CorefileToken token)
    {
        var (isTls, text) = ReadScheme(token);
        string? serverName = null;
        if (isTls && text.IndexOf('%') is > 0 and var percent)
        {
            (text, serverName) = SplitServerName(text, percent);
        }

        var port = isTls ? TlsPort : DnsPort;
        var namedAt = $"{token.File}:{token.Line}";
        if (NetworkText.TryParseEndpoint(text, port, out var endpoint))
        {
            var written = endpoint.Address.ToString();
            return new ForwardTarget(TargetKind.Address, written, endpoint.Port, isTls, serverName, namedAt)
            {
                Address = endpoint.Address,
            };
        }

        if (File.Exists(text))
        {
            return new ForwardTarget(TargetKind.File, text, port, isTls, serverName, namedAt);
        }

        var host = TakePort(text, ref port);
        return IsHostName(host)
            ? new ForwardTarget(TargetKind.Host, host.TrimEnd('.'), port, isTls, serverName, namedAt)
            : throw CorefileException.At(token, $"not an IP address or file: \"{token.Shown}\"");
    }

    private static (bool IsTls, string Text) ReadScheme(CorefileToken token)
    {
        var end = token.Text.IndexOf(SchemeEnd, StringComparison.Ordinal);
        if (end < 0)
        {
            return (false, token.Text);
        }

        var rest = token.Text[(end + SchemeEnd.Length)..];
        return token.Text[..end] switch
        {
            "dns" => (false, rest),
            "tls" => (true, rest),
            "https" => throw CorefileException.At(
                token,
                $"DNS over HTTPS is not supported by ClusterDns: \"{token.Shown}\"; name the server with tls:// instead"),
            var scheme => throw CorefileException.At(
                token,
                $"'{scheme}' is not supported as a destination protocol in forward: {token.Shown}"),
        };
    }

    // The port may stand on either side of the name: 9.9.9.9:853%dns.quad9.net as well as 9.9.9.9%dns.quad9.net:853.
    private static (string Address, string? ServerName) SplitServerName(string text, int percent)
    {
        var name = text[(percent + 1)..];
        var address = text[..percent];
        var colon = name.LastIndexOf(':');
        if (colon < 0)
        {
            return (address, name.TrimEnd(']'));
        }

        var isBare = address.Contains(':') && !address.StartsWith('[');
        return ((isBare ? $"[{address}]" : address) + name[colon..], name[..colon].TrimEnd(']'));
    }

    private static string TakePort(string text, ref int port)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var written)
            || written is 0 or > IPEndPoint.MaxPort)
        {
            return text;
        }

        port = written;
        return text[..colon];
    }

    // RFC 1123, 2.1. A last label of digits alone is a mistyped address, never a name.
    private static bool IsHostName(string text)
    {
        var labels = text.TrimEnd('.').Split('.');
        return text.Length <= 253 && labels.All(IsHostLabel) && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsHostLabel(string label) =>
        label.Length is > 0 and <= 63
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
