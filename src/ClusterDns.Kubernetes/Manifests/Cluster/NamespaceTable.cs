using ClusterDns.Kubernetes.Manifests.Labels;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests.Cluster;

/// <summary>
/// Namespaces that the files speak of: by a Namespace object, or only by what lies in them. Each has the label that an
/// API server gives to every namespace.
/// </summary>
internal static class NamespaceTable
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static IEnumerable<NamespaceRecord> Find(ObjectTable objects, LabelSelector? selector)
    {
        var labelsByName = new Dictionary<string, Dictionary<string, string>>();
        var versions = new Dictionary<string, ulong>();
        foreach (var item in objects.All)
        {
            var isNamespace = item.Kind == ResourceKind.Namespace;
            var name = isNamespace ? item.Key.Name : item.Key.Namespace;
            if (isNamespace || !labelsByName.ContainsKey(name))
            {
                labelsByName[name] = new Dictionary<string, string>(isNamespace ? item.Labels : []) { [NameLabel] = name };
            }

            if (item.Record is NamespaceRecord { ResourceVersion: not ResourceVersion.None } record)
            {
                versions[name] = record.ResourceVersion;
            }
        }

        return labelsByName
            .Where(known => selector is null || selector.Matches(known.Value))
            .Select(known => new NamespaceRecord(known.Key) { ResourceVersion = versions.GetValueOrDefault(known.Key) });
    }
}
