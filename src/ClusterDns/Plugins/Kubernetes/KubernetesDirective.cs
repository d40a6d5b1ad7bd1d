using ClusterDns.Corefile;
using ClusterDns.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary><c>kubernetes [ZONES...] { ... }</c>; the properties are in the README.</summary>
internal static class KubernetesDirective
{
    private const string Name = "kubernetes";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <param name="logger">Told of what is accepted and means nothing.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static KubernetesOptions Parse(Directive directive, IReadOnlyList<DnsName> blockZones, ILogger logger)
    {
        var zones = directive.Arguments.Count > 0
            ? ZoneArguments.Parse(directive.Arguments, warning => KubernetesLog.NotAZone(logger, warning))
            : blockZones;
        var primary = zones.FirstOrDefault(zone => !ReverseName.CountsAsReverse(zone))
            ?? throw directive.Error("non-reverse zone name must be used");
        var builder = new KubernetesOptionsBuilder(logger);
        foreach (var property in directive.Properties)
        {
            builder.Read(property);
        }

        return builder.Build(directive, zones, primary);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var services = block.Services;
        var log = block.LoggerFor(Name);
        var options = Parse(directives[0], block.Zones, log);
        var source = LocateSource(options.Source, block, log);
        var cluster = services.Clusters.Acquire(source, block.Configuration);
        var zone = cluster.Zone;
        var wait = new SyncWait(cluster.WaitForSyncAsync, options.StartupTimeout, log);
        block.Configuration.OnStart(async cancellation =>
        {
            if (await wait.RunAsync(cancellation).ConfigureAwait(false) && zone.IsSynced)
            {
                KubernetesLog.Synced(
                    log, zone.ServiceCount, zone.NamespaceCount, zone.EndpointCount, source.ManifestPath ?? "the API server");
            }
        });
        block.Configuration.AddReadiness(Name, () => zone.IsServing);

        // What falls through may be answered by others; every other zone of ours ends here.
        block.LiveZones.AddRange(options.Zones.Where(zone => !options.Fallthrough.Covers(zone)));

        // With `bind` CoreDNS fails to read its own addresses, so that NS and ns.dns have no data; nobody relies on more.
        var localAddresses = block.BindAddresses.Count > 0 ? [] : LocalAddresses.Read(log);
        block.Add(new KubernetesPlugin(options, zone, services.Lookup, localAddresses)
        {
            HasExtendedErrors = block.HasExtendedErrors,
        });
    }

    private static ClusterSourceOptions LocateSource(ClusterSourceOptions source, BlockSetup block, ILogger log)
    {
        var manifests = block.Services.ManifestPath;
        if (source.Snapshot is not { } snapshot)
        {
            return source with { ManifestPath = manifests };
        }

        if (manifests is not null)
        {
            KubernetesLog.NoSnapshotOfManifests(log);
            return source with { ManifestPath = manifests, Snapshot = null };
        }

        return source with { Snapshot = snapshot with { Path = block.PathOf(snapshot.Path) } };
    }
}
