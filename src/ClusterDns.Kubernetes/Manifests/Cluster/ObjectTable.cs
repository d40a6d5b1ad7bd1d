using ClusterDns.Kubernetes.Manifests.Files;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Manifests.Cluster;

/// <summary>The objects of all files; of two with one name the later one counts, as if both had been applied.</summary>
internal sealed class ObjectTable
{
    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), ManifestObject> _objects = [];

    /// <param name="files">In the order in which they count.</param>
    /// <param name="warnings">Gets a line for each object that stands twice.</param>
    public ObjectTable(IEnumerable<ManifestFile> files, List<string> warnings)
    {
        foreach (var current in files.SelectMany(file => file.Objects))
        {
            // What is only kept may have moved to where it stands now.
            if (!_objects.TryGetValue(current.Identity, out var former) || former.IsKept)
            {
                _objects[current.Identity] = current;
            }
            else if (!current.IsKept)
            {
                _objects[current.Identity] = current;
                Warn(former, current, warnings);
            }
        }
    }

    public int Count => _objects.Count;

    public IEnumerable<ManifestObject> All => _objects.Values;

    public IEnumerable<ManifestObject> OfKind(ResourceKind kind) => _objects.Values.Where(known => known.Kind == kind);

    // Many people put the same Namespace before each of their applications, and nothing is lost by it.
    private static void Warn(ManifestObject former, ManifestObject current, List<string> warnings)
    {
        if (current.Kind != ResourceKind.Namespace)
        {
            warnings.Add($"{current.Position}: {current} stands in {former.Position} as well; this one counts");
        }
    }
}
