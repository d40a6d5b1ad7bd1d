using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Hosts;

/// <summary><c>hosts [FILE [ZONES...]] { INLINE; ttl; no_reverse; reload; fallthrough; fallthrough_unsupported }</c></summary>
internal static class HostsDirective
{
    private const string Name = "hosts";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <param name="logger">Told of arguments that are no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static HostsOptions Parse(Directive directive, IReadOnlyList<DnsName> blockZones, ILogger logger)
    {
        var zones = directive.Arguments.Count > 1
            ? ZoneArguments.Parse(directive.Arguments.Skip(1), warning => HostsLog.NotAZone(logger, warning))
            : blockZones;
        var options = new HostsOptions { Zones = new ZoneList(zones) };
        if (directive.Arguments.Count > 0)
        {
            options = options with { Path = directive.Arguments[0].Text };
        }

        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            options = Read(options, property);
        }

        return options.UnsupportedFallsThrough && !options.Fallthrough.Any()
            ? throw directive.Error("fallthrough_unsupported requires fallthrough")
            : options;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var directive = directives[0];
        var logger = block.LoggerFor(Name);
        var options = Parse(directive, block.Zones, logger);
        options = options with { Path = block.PathOf(options.Path) };
        CheckAccess(directive, options.Path, logger);
        var metrics = new HostsMetrics(block.Services.Registry, options.Path);
        var file = new HostsFile(options, metrics, logger, block.Services.Time);
        block.Configuration.OnStart(_ => file.StartAsync());
        block.Configuration.OnStop(_ => file.StopAsync());
        block.Add(new HostsPlugin(options, file));
    }

    // The default file is not looked for: where it is missing, inline lines are all that is meant.
    private static void CheckAccess(Directive directive, string path, ILogger logger)
    {
        if (directive.Arguments.Count == 0)
        {
            return;
        }

        try
        {
            if (File.GetAttributes(path).HasFlag(FileAttributes.Directory))
            {
                HostsLog.IsADirectory(logger, path);
            }
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            // A ConfigMap may bring it later.
            HostsLog.NoFile(logger, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is there, and not for us.
            throw directive.Error($"unable to access hosts file '{path}': {failure.Message}");
        }
    }

    private static HostsOptions Read(HostsOptions options, Directive property) => property.Name switch
    {
        "ttl" => options with { TimeToLive = ReadTimeToLive(property) },
        "no_reverse" => options with { HasReverse = false },
        "reload" => options with { Reload = ReadReload(property) },
        "fallthrough" => options with { Fallthrough = new ZoneList(ZoneArguments.ParseOrAll(property)) },
        "fallthrough_unsupported" => options with { UnsupportedFallsThrough = true },

        // Anything in front of `fallthrough` is a line of the hosts format, as for CoreDNS.
        _ when !options.Fallthrough.Any() => options with { Inline = [.. options.Inline, LineOf(property)] },
        _ => throw property.UnknownProperty(),
    };

    private static string LineOf(Directive property) =>
        string.Join(' ', property.Arguments.Select(argument => argument.Text).Prepend(property.Name));

    private static uint ReadTimeToLive(Directive property)
    {
        if (property.Arguments.Count < 1)
        {
            throw property.Error("ttl needs a time in second");
        }

        if (!long.TryParse(property.Arguments[0].Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw property.Error("ttl needs a number of second");
        }

        return seconds is > 0 and <= HostsOptions.MostTimeToLive
            ? (uint)seconds
            : throw property.Error("ttl provided is invalid");
    }

    private static TimeSpan ReadReload(Directive property)
    {
        if (property.Arguments is not [var argument])
        {
            throw property.Error("reload needs a duration (zero seconds to disable)");
        }

        if (!GoDuration.TryParse(argument.Text, out var reload, out _))
        {
            throw property.Error($"invalid duration for reload '{argument.Text}'");
        }

        if (reload < TimeSpan.Zero)
        {
            throw property.Error($"invalid negative duration for reload '{argument.Text}'");
        }

        return GoDuration.Interval(reload, HostsOptions.ShortestReload);
    }
}
