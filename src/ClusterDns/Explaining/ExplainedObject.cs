namespace ClusterDns.Explaining;

/// <summary>The object of the cluster that decided about a name.</summary>
/// <param name="Kind"><c>Service</c>, <c>Namespace</c> or <c>Pod</c>.</param>
/// <param name="Namespace">Where it is; null for a namespace.</param>
/// <param name="Name">Its name; of a pod its address.</param>
internal sealed record ExplainedObject(string Kind, string? Namespace, string Name)
{
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
