namespace ClusterDns.Kubernetes.Objects;

/// <summary>One step of what a source tells the zone; steps of one kind arrive in order.</summary>
/// <param name="Action">What happened.</param>
/// <param name="Kind">Which kind it happened to.</param>
/// <param name="Key">Which object; unused for a relist's start and end.</param>
/// <param name="Record">
/// For <see cref="ClusterAction.Put"/>: <see cref="NamespaceRecord"/>, <see cref="ServiceRecord"/>,
/// <see cref="EndpointsRecord"/> or <see cref="PodRecord"/>, by kind.
/// </param>
public readonly record struct ClusterChange(ClusterAction Action, ResourceKind Kind, ObjectKey Key = default, object? Record = null)
{
    public static ClusterChange Put(NamespaceRecord record) =>
        new(ClusterAction.Put, ResourceKind.Namespace, new ObjectKey("", record.Name), record);

    public static ClusterChange Put(ServiceRecord record) =>
        new(ClusterAction.Put, ResourceKind.Service, record.Key, record);

    /// <param name="kind"><see cref="ResourceKind.EndpointSlice"/> or <see cref="ResourceKind.Endpoints"/>.</param>
    /// <param name="record">The object's endpoints.</param>
    public static ClusterChange Put(ResourceKind kind, EndpointsRecord record) =>
        new(ClusterAction.Put, kind, record.Key, record);

    public static ClusterChange Put(PodRecord record) => new(ClusterAction.Put, ResourceKind.Pod, record.Key, record);

    public static ClusterChange Remove(ResourceKind kind, ObjectKey key) => new(ClusterAction.Remove, kind, key);

    public static ClusterChange RelistStarted(ResourceKind kind) => new(ClusterAction.RelistStarted, kind);

    public static ClusterChange RelistFinished(ResourceKind kind) => new(ClusterAction.RelistFinished, kind);
}
