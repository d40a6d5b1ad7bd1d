namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>A Service's port and where it leads.</summary>
/// <param name="Name">The Service's name for it; empty without one.</param>
/// <param name="Protocol">As written, or <c>TCP</c>.</param>
/// <param name="Number"><c>targetPort</c>, or <c>port</c> without one; unused with <paramref name="ContainerPortName"/>.</param>
/// <param name="ContainerPortName">A <c>targetPort</c> that is the name of a container's port; else empty.</param>
internal sealed record PortTarget(string Name, string Protocol, int Number, string ContainerPortName);
