using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;

namespace ClusterDns.Testing.Conformance;

/// <summary>The conformance set's cluster, read by the readers that serve and told once.</summary>
internal sealed class ConformanceSource(bool keepPodNames = false) : IClusterSource
{
    private static readonly (string List, ResourceKind Kind)[] Lists =
    [
        ("namespaces", ResourceKind.Namespace),
        ("services", ResourceKind.Service),
        ("endpointslices", ResourceKind.EndpointSlice),
        ("pods", ResourceKind.Pod),
    ];

    public IReadOnlyList<ResourceKind> Kinds { get; } = [.. Lists.Select(list => list.Kind)];

    /// <summary>Every kind as a list of its objects.</summary>
    /// <exception cref="FormatException">An object is not read, or not all of it.</exception>
    public IEnumerable<ClusterChange> Changes()
    {
        using var cluster = JsonDocument.Parse(File.ReadAllText(ConformanceSet.ClusterPath));
        foreach (var (list, kind) in Lists)
        {
            var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepPodNames = keepPodNames });
            yield return ClusterChange.RelistStarted(kind);
            foreach (var item in cluster.RootElement.GetProperty(list).EnumerateArray())
            {
                yield return Read(reader, item.GetRawText());
            }

            yield return ClusterChange.RelistFinished(kind);
        }
    }

    public async Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        foreach (var change in Changes())
        {
            await changes.WriteAsync(change, cancellation).ConfigureAwait(false);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
    }

    private static ClusterChange Read(ObjectReader reader, string text)
    {
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        var reading = reader.Read(ref json);
        return reading.Problem is null
            ? reading.ToChange(reader.Kind)
            : throw new FormatException($"{reader.Kind} {reading.Key} {reading.Problem}");
    }
}
