namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>What a requirement asks of a label; <c>=</c> and <c>!=</c> are sets of one value.</summary>
internal enum LabelOperator : byte
{
    Exists,

    DoesNotExist,

    In,

    /// <summary>Holds for an object without the label, too.</summary>
    NotIn,
}
