namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>A named port of one of a pod's containers.</summary>
internal readonly record struct ContainerPort(string Name, string Protocol, int Number);
