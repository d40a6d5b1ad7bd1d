using ClusterDns.Corefile;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>
/// <c>file DBFILE [ZONES...] { reload; reload_by_mtime; fallthrough }</c>. The namespace is not the folder's name: that
/// would hide <see cref="System.IO.File"/> from all plugins.
/// </summary>
internal static class FileDirective
{
    private const string Name = "file";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <param name="logger">Told of arguments that are no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static ZoneFileOptions Parse(Directive directive, IReadOnlyList<DnsName> blockZones, ILogger logger)
    {
        directive.ExpectArguments(1);
        var zones = directive.Arguments.Count > 1
            ? ZoneArguments.Parse(directive.Arguments.Skip(1), warning => FileLog.NotAZone(logger, warning))
            : blockZones;
        var options = new ZoneFileOptions { Path = directive.Arguments[0].Text, Zones = zones };
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            options = Read(options, property);
        }

        return options;
    }

    // All lines of a block are one plugin, and the last fallthrough among them is for all: so it is with CoreDNS.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var logger = block.LoggerFor(Name);
        var files = new Dictionary<DnsName, ZoneFile>();
        IReadOnlyList<DnsName> fallthrough = [];
        foreach (var directive in directives)
        {
            var options = Parse(directive, block.Zones, logger);
            options = options with { Path = block.PathOf(options.Path) };
            fallthrough = options.Fallthrough ?? fallthrough;
            foreach (var zone in options.Zones)
            {
                var file = new ZoneFile(options, zone, logger, block.Services.Time);
                Load(directive, file, options, logger);
                files[zone] = file;
            }
        }

        foreach (var file in files.Values)
        {
            block.Configuration.OnStart(_ => file.StartAsync());
            block.Configuration.OnStop(_ => file.StopAsync());
        }

        var outside = new OutsideLookup(block.Services.Lookup);
        block.Add(new FilePlugin([.. files.Values], new ZoneList(fallthrough), outside));
    }

    private static void Load(Directive directive, ZoneFile file, ZoneFileOptions options, ILogger logger)
    {
        switch (file.Load())
        {
            case { OpenError: { } error } when options.Reload == TimeSpan.Zero:
                throw directive.Error(error);
            case { OpenError: { } error }:
                // A ConfigMap may bring it later.
                FileLog.NotOpenedYet(logger, error, GoDuration.Format(options.Reload));
                break;
            case { Error: { } error }:
                throw directive.Error(error);
        }
    }

    private static ZoneFileOptions Read(ZoneFileOptions options, Directive property) => property.Name switch
    {
        "reload" => options with { Reload = ReadReload(property) },
        "reload_by_mtime" => options with { ReloadsByTime = true },
        "fallthrough" => options with { Fallthrough = ZoneArguments.ParseOrAll(property) },

        // From a time when it was needed; CoreDNS passes over it as well.
        "upstream" => options,
        _ => throw property.UnknownProperty(),
    };

    private static TimeSpan ReadReload(Directive property)
    {
        if (property.Arguments.Count == 0)
        {
            throw property.Error("reload duration value is expected");
        }

        if (!GoDuration.TryParse(property.Arguments[0].Text, out var reload, out var mistake))
        {
            throw property.Error(mistake);
        }

        if (reload < TimeSpan.Zero)
        {
            throw property.Error($"invalid negative duration for reload '{property.Arguments[0].Text}'");
        }

        return GoDuration.Interval(reload, ZoneFileOptions.ShortestReload);
    }
}
