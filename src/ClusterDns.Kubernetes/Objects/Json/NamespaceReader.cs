using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>A Namespace: its name is all there is to read.</summary>
internal sealed class NamespaceReader(ObjectReaderOptions options) : ObjectReader(ResourceKind.Namespace, options)
{
    protected override void Clear()
    {
    }

    protected override bool TryReadField(ref Utf8JsonReader json) => false;

    protected override object? TryBuild(ObjectKey key, out string? refusal)
    {
        refusal = null;
        return new NamespaceRecord(key.Name) { ResourceVersion = Metadata.VersionNumber };
    }
}
