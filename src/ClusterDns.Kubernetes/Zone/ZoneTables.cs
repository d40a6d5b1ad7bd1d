namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// All indexes of one zone. Names of a whole cluster share a table, keyed by namespace and name: a table for each of
/// 10,000 namespaces would cost more than what they hold.
/// </summary>
internal sealed class ZoneTables
{
    public HashIndex<NamespaceEntry> Namespaces { get; } = new();

    /// <summary>The writer's: every Service, and every one that endpoints wait for.</summary>
    public HashIndex<ServiceNode> Services { get; } = new();

    /// <summary>
    /// The readers': the entries themselves, so that a name leads to its answer by one reference. Through the node it was two
    /// more waits for memory, a seventh of the user time of a query.
    /// </summary>
    public HashIndex<ServiceEntry> ServedServices { get; } = new();

    public HashIndex<ServiceNode> ServicesByAddress { get; } = new();

    /// <summary>By the addresses outside the cluster; few Services have any.</summary>
    public HashIndex<ServiceNode> ServicesByExternalAddress { get; } = new();

    public HashIndex<EndpointsNode> Endpoints { get; } = new();

    public HashIndex<EndpointsNode> EndpointsByAddress { get; } = new();

    public PodTable Pods { get; } = new();
}
