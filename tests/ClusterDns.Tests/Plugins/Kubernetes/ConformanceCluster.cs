using System.Text;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Testing.Conformance;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The conformance set's cluster, read by the readers that serve.</summary>
internal static class ConformanceCluster
{
    private static readonly (string List, ResourceKind Kind)[] Lists =
    [
        ("namespaces", ResourceKind.Namespace),
        ("services", ResourceKind.Service),
        ("endpointslices", ResourceKind.EndpointSlice),
        ("pods", ResourceKind.Pod),
    ];

    public static ClusterZone Load(bool keepPodNames)
    {
        var writer = new ZoneWriter([.. Lists.Select(list => list.Kind)], TimeProvider.System, NullLogger.Instance);
        using var cluster = JsonDocument.Parse(File.ReadAllText(ConformanceSet.ClusterPath));
        foreach (var (list, kind) in Lists)
        {
            var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepPodNames = keepPodNames });
            writer.Apply(ClusterChange.RelistStarted(kind));
            foreach (var item in cluster.RootElement.GetProperty(list).EnumerateArray())
            {
                var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(item.GetRawText()));
                var reading = reader.Read(ref json);
                Assert.That(reading.Problem, Is.Null);
                writer.Apply(reading.ToChange(kind));
            }

            writer.Apply(ClusterChange.RelistFinished(kind));
        }

        return writer.Zone;
    }
}
