namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>Finds pods by labels without looking at each of them for each Service.</summary>
internal sealed class PodIndex
{
    private readonly Dictionary<(string Namespace, string Key, string Value), List<ManifestObject>> _podsByLabel = [];

    public PodIndex(IEnumerable<ManifestObject> pods)
    {
        foreach (var pod in pods)
        {
            foreach (var (key, value) in pod.Labels)
            {
                var label = (pod.Key.Namespace, key, value);
                if (!_podsByLabel.TryGetValue(label, out var sameLabel))
                {
                    _podsByLabel[label] = sameLabel = [];
                }

                sameLabel.Add(pod);
            }
        }
    }

    /// <summary>Pods of the namespace that have all the labels; none for no labels.</summary>
    public IEnumerable<ManifestObject> Find(string @namespace, IReadOnlyDictionary<string, string> labels)
    {
        List<ManifestObject>? fewest = null;
        foreach (var (key, value) in labels)
        {
            if (!_podsByLabel.TryGetValue((@namespace, key, value), out var sameLabel))
            {
                return [];
            }

            fewest = fewest is null || sameLabel.Count < fewest.Count ? sameLabel : fewest;
        }

        return fewest?.Where(pod => labels.All(label => pod.Labels.TryGetValue(label.Key, out var value) && value == label.Value)) ?? [];
    }
}
