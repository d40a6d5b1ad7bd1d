using ClusterDns.Wire;

namespace ClusterDns.Corefile;

/// <summary>The zones that a plugin is told: <c>cluster.local</c>, <c>in-addr.arpa</c>, <c>10.0.0.0/8</c>.</summary>
internal static class ZoneArguments
{
    /// <summary>
    /// Every zone in the order written, CIDRs expanded. An argument that is no zone is passed over: there are Corefiles
    /// with such (<c>kubernetes .svc example.org</c>), and CoreDNS serves the rest.
    /// </summary>
    /// <param name="arguments">Zones; a scheme or a port is allowed and means nothing.</param>
    /// <param name="warn">Told of each argument passed over, in a sentence with file and line.</param>
    /// <exception cref="CorefileException">There are arguments and none is a zone; reported at the first.</exception>
    public static IReadOnlyList<DnsName> Parse(IEnumerable<CorefileToken> arguments, Action<string>? warn = null)
    {
        var zones = new List<DnsName>();
        CorefileException? firstMistake = null;
        foreach (var argument in arguments)
        {
            if (ZoneAddress.TryParse(argument, out var address, out var reason))
            {
                zones.AddRange(address.Zones);
                continue;
            }

            firstMistake ??= CorefileException.At(argument, reason);
            warn?.Invoke($"{argument.File}:{argument.Line} - {reason}");
        }

        return zones.Count > 0 || firstMistake is null ? zones : throw firstMistake;
    }

    /// <summary>The zones of a property such as <c>fallthrough</c>, which without any means all names.</summary>
    /// <exception cref="CorefileException">There are arguments and none is a zone; reported at the first.</exception>
    public static IReadOnlyList<DnsName> ParseOrAll(Directive property) =>
        property.Arguments.Count > 0 ? Parse(property.Arguments) : [DnsName.Root];
}
