using ClusterDns.Kubernetes.Zone;
using ClusterDns.Testing.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The zone of the conformance set's cluster.</summary>
internal static class ConformanceCluster
{
    public static ClusterZone Load(bool keepPodNames)
    {
        var source = new ConformanceSource(keepPodNames);
        var writer = new ZoneWriter(source.Kinds, TimeProvider.System, NullLogger.Instance);
        foreach (var change in source.Changes())
        {
            writer.Apply(change);
        }

        return writer.Zone;
    }
}
