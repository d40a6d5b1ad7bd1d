using System.Globalization;
using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward;

/// <summary>Reads one <c>forward</c> line and its properties; a later property of one name replaces an earlier.</summary>
/// <param name="pathOf">Where relative paths of <c>tls</c> begin.</param>
/// <param name="logger">For what is odd and no mistake.</param>
internal sealed class ForwardOptionsReader(Func<string, string> pathOf, ILogger logger)
{
    private const int DnsPort = 53;

    private static readonly Dictionary<string, PropertyReader> Properties = new()
    {
        ["except"] = (_, options, property) => options with { Except = [.. options.Except, .. ReadZones(property)] },
        ["force_tcp"] = (_, options, property) => options with { ForceTcp = ReadFlag(property) },
        ["prefer_udp"] = (_, options, property) => options with { PreferUdp = ReadFlag(property) },
        ["expire"] = (_, options, property) => options with { Expire = ReadDuration(property) },
        ["max_idle_conns"] = (_, options, property) => options with { MaxIdleConnections = ReadNumber(property) },
        ["max_age"] = (_, options, property) => options with { MaxAge = ReadDuration(property) },
        ["max_fails"] = (_, options, property) => options with { MaxFails = ReadNumber(property) },
        ["max_connect_attempts"] = (_, options, property) =>
            options with { MaxConnectAttempts = ReadNumber(property) },
        ["read_timeout"] = (_, options, property) => options with { ReadTimeout = ReadWait(property) },
        ["tls"] = (reader, options, property) => options with { Tls = reader.ReadTls(property) },
        ["tls_servername"] = (_, options, property) => options with { TlsServerName = property.SingleArgument() },
        ["policy"] = (_, options, property) => options with { Policy = ReadPolicy(property) },
        ["health_check"] = (_, options, property) => ReadHealthCheck(options, property),
        ["max_concurrent"] = (_, options, property) => options with { MaxConcurrent = ReadMaxConcurrent(property) },
        ["next"] = (_, options, property) =>
            options with { NextCodes = [.. options.NextCodes, .. ReadCodes(property)] },
        ["next_on_nodata"] = (_, options, property) => options with { NextOnNoData = ReadFlag(property) },
        ["failover"] = (_, options, property) =>
            options with { FailoverCodes = [.. options.FailoverCodes, .. ReadFailover(property)] },
        ["failfast_all_unhealthy_upstreams"] = (_, options, property) => options with { FailFast = ReadFlag(property) },
        ["source_address"] = (_, options, property) => options with { SourceAddress = ReadSource(property) },
        ["resolver"] = (_, options, property) => options with { Resolvers = ReadResolvers(property) },
        ["doh_method"] = (_, _, property) => throw property.Error(
            "doh_method is not supported by ClusterDns, nor is DNS over HTTPS; name the servers with tls:// instead"),
    };

    private delegate ForwardOptions PropertyReader(
        ForwardOptionsReader reader, ForwardOptions options, Directive property);

    /// <exception cref="CorefileException">The first mistake.</exception>
    public ForwardOptions Read(Directive directive)
    {
        directive.ExpectArguments(2);
        var targets = directive.Arguments.Skip(1).Select(TargetReader.Read).ToList();
        if (targets.Count > ForwardLimits.MostTargets)
        {
            throw directive.Error($"more than {ForwardLimits.MostTargets} TOs configured: {targets.Count}");
        }

        var options = new ForwardOptions { From = ReadFrom(directive), Targets = targets };
        foreach (var property in directive.Properties)
        {
            if (!Properties.TryGetValue(property.Name, out var read))
            {
                throw property.UnknownProperty();
            }

            property.ExpectNoBlock();
            options = read(this, options, property);
        }

        return options;
    }

    private DnsName ReadFrom(Directive directive)
    {
        var token = directive.Arguments[0];
        if (!ZoneAddress.TryParse(token, out var address, out _))
        {
            throw directive.Error($"unable to normalize '{token.Shown}'");
        }

        if (address.Zones.Count > 1)
        {
            ForwardLog.OnlyFirstZone(logger, token.Text, address.Zones[0].ToString());
        }

        return address.Zones[0];
    }

    private static IReadOnlyList<DnsName> ReadZones(Directive property)
    {
        property.ExpectArguments(1);
        return ZoneArguments.Parse(property.Arguments);
    }

    private static bool ReadFlag(Directive property)
    {
        property.ExpectArguments(0, 0);
        return true;
    }

    private static int ReadNumber(Directive property)
    {
        property.ExpectArguments(1, 1);
        return property.Arguments[0].ReadInteger(0);
    }

    private static TimeSpan ReadDuration(Directive property)
    {
        var text = property.SingleArgument();
        if (!GoDuration.TryParse(text, out var duration, out var mistake))
        {
            throw property.Error(mistake);
        }

        if (duration < TimeSpan.Zero)
        {
            throw property.Error($"{property.Name} can't be negative: {text}");
        }

        return duration <= GoDuration.LongestTimer
            ? duration
            : throw property.Error($"{property.Name} cannot be longer than 24 days: {text}");
    }

    private static TimeSpan ReadWait(Directive property) =>
        ReadDuration(property) is var duration && duration > TimeSpan.Zero
            ? duration
            : throw property.Error($"{property.Name} must be positive: {property.Arguments[0].Shown}");

    private TlsFiles ReadTls(Directive property)
    {
        property.ExpectArguments(0, 3);
        var texts = property.Arguments.Select(argument => ReadFile(property, pathOf(argument.Text))).ToArray();
        return texts switch
        {
            [] => TlsFiles.None,
            [var authority] => new TlsFiles(null, null, authority),
            [var certificate, var key] => new TlsFiles(certificate, key, null),
            _ => new TlsFiles(texts[0], texts[1], texts[2]),
        };
    }

    private static string ReadFile(Directive property, string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The path is the operator's; they are told where it stands.
            throw property.Error($"cannot read {path}: {failure.Message}");
        }
    }

    private static PolicyKind ReadPolicy(Directive property) => property.SingleArgument() switch
    {
        "random" => PolicyKind.Random,
        "round_robin" => PolicyKind.RoundRobin,
        "sequential" => PolicyKind.Sequential,
        var other => throw property.Error($"unknown policy '{other}'"),
    };

    private static ForwardOptions ReadHealthCheck(ForwardOptions options, Directive property)
    {
        property.ExpectArguments(1);
        var interval = ReadDuration(property with { Arguments = [property.Arguments[0]] });
        options = options with
        {
            ProbeInterval = interval > ForwardLimits.ShortestProbeInterval
                ? interval
                : ForwardLimits.ShortestProbeInterval,
        };
        for (var i = 1; i < property.Arguments.Count; i++)
        {
            switch (property.Arguments[i].Text)
            {
                case "no_rec":
                    options = options with { ProbeWantsRecursion = false };
                    break;
                case "domain" when i + 1 == property.Arguments.Count:
                    throw property.ArgumentError();
                case "domain":
                    options = options with { ProbeDomain = ReadDomain(property, property.Arguments[++i].Text) };
                    break;
                case var other:
                    throw property.Error($"health_check: unknown option {other}");
            }
        }

        return options;
    }

    private static DnsName ReadDomain(Directive property, string text) =>
        DnsName.TryParse(text, out var name) ? name : throw property.Error($"health_check: invalid domain name {text}");

    private static int? ReadMaxConcurrent(Directive property)
    {
        property.ExpectArguments(1, 1);
        var text = property.Arguments[0].Text;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < 0)
        {
            throw property.Error($"max_concurrent can't be negative: {number}");
        }

        // Zero is no limit for CoreDNS; here the server's own always holds.
        return property.Arguments[0].ReadInteger(0) is > 0 and var most ? most : null;
    }

    private static IEnumerable<ResponseCode> ReadCodes(Directive property)
    {
        property.ExpectArguments(1);
        return property.Arguments.Select(argument => ReadCode(property, argument.Text));
    }

    private static IEnumerable<ResponseCode> ReadFailover(Directive property) =>
        ReadCodes(property).Select(code => code != ResponseCode.NoError
            ? code
            : throw property.Error("NoError cannot be used in failover"));

    private static ResponseCode ReadCode(Directive property, string text)
    {
        foreach (var code in Enum.GetValues<ResponseCode>())
        {
            if (Mnemonic.Of(code).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        throw property.Error($"{text} is not a valid rcode");
    }

    private static IPAddress ReadSource(Directive property)
    {
        property.ExpectArguments(1, 1);
        return property.Arguments[0].ReadAddress();
    }

    private static IReadOnlyList<IPEndPoint> ReadResolvers(Directive property)
    {
        property.ExpectArguments(1, ForwardLimits.MostTargets);
        return [.. property.Arguments.Select(argument => argument.ReadEndpoint(DnsPort))];
    }
}
