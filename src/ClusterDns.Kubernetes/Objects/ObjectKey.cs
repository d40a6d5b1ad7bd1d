namespace ClusterDns.Kubernetes.Objects;

/// <summary>Which object: unique within its kind. The namespace of a Namespace is empty.</summary>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name ?? "" : $"{Namespace}/{Name}";
}
