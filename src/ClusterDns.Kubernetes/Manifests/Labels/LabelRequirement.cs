namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>One condition of a selector.</summary>
internal readonly record struct LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var exists = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Exists => exists,
            LabelOperator.DoesNotExist => !exists,
            LabelOperator.In => exists && Values.Contains(value),
            _ => !exists || !Values.Contains(value),
        };
    }
}
