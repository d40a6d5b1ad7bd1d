namespace ClusterDns.Kubernetes.Manifests.Selection;

/// <summary>
/// What a Service says about its endpoints. A cluster's own controller acts on it; for files that hold Pods it is done here.
/// </summary>
/// <param name="Selector">Labels that a pod must have; empty for a Service whose endpoints are made by hand.</param>
/// <param name="Ports">Which port of a pod each port leads to.</param>
/// <param name="PublishesNotReady">Pods that are not ready count like ready ones.</param>
/// <param name="WantsIPv4"><c>ipFamilies</c> has IPv4.</param>
/// <param name="WantsIPv6"><c>ipFamilies</c> has IPv6.</param>
/// <param name="IsDualStack"><c>ipFamilyPolicy</c> asks for both families.</param>
internal sealed record ServiceSelection(
    IReadOnlyDictionary<string, string> Selector,
    IReadOnlyList<PortTarget> Ports,
    bool PublishesNotReady,
    bool WantsIPv4,
    bool WantsIPv6,
    bool IsDualStack);
