using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Corefile;

/// <summary><c>[scheme://]zone-or-CIDR[:port]</c>, taken apart by CoreDNS's rules.</summary>
/// <param name="Scheme">One of <see cref="ServerScheme"/>.</param>
/// <param name="Zones">One zone, or the reverse zones of a CIDR.</param>
/// <param name="Port">Null where none is written.</param>
internal sealed record ZoneAddress(string Scheme, IReadOnlyList<DnsName> Zones, int? Port)
{
    private const int MaxTextLength = 255;

    public static bool TryParse(
        CorefileToken token, [NotNullWhen(true)] out ZoneAddress? address, [NotNullWhen(false)] out string? reason)
    {
        address = null;
        var (scheme, rest) = ServerScheme.Split(token.Text);
        var colon = rest.LastIndexOf(':');
        if (colon == rest.Length - 1)
        {
            reason = $"expecting data after last colon: \"{token.Shown}\"";
            return false;
        }

        var (zone, port) = SplitPort(rest, colon);
        if (port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            reason = $"invalid port {port}";
            return false;
        }

        if (!TryReadZones(zone, out var zones, out reason))
        {
            return false;
        }

        address = new ZoneAddress(scheme, zones, port);
        return true;
    }

    /// <summary>
    /// A number behind the last colon is a port; anything else there is part of the zone. So an IPv6 address without a
    /// mask makes an odd zone with a port, here as in CoreDNS.
    /// </summary>
    private static (string Zone, int? Port) SplitPort(string text, int colon) =>
        colon >= 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, null, out var port)
            ? (text[..colon], port)
            : (text, null);

    private static bool TryReadZones(
        string text, [NotNullWhen(true)] out IReadOnlyList<DnsName>? zones, [NotNullWhen(false)] out string? reason)
    {
        zones = null;
        reason = null;
        if (Encoding.UTF8.GetByteCount(text) is > MaxTextLength and var length)
        {
            reason = $"specified zone is too long: {length} > {MaxTextLength}";
        }
        else if (!DnsName.TryParse(text, out var name))
        {
            reason = $"zone is not a valid domain name: {text}";
        }
        else if (!NetworkText.TryParse(text, out var network))
        {
            zones = [name];
        }
        else if (text[0] == ':' || (text[0] == '0' && text.Contains(':')))
        {
            reason = $"invalid CIDR {text}";
        }
        else
        {
            zones = ReverseZones.Of(network);
        }

        return zones is not null;
    }
}
