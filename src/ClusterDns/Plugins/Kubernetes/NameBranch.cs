namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The two branches of a cluster zone.</summary>
internal enum NameBranch : byte
{
    /// <summary>Neither: the zone's apex, or the name of a branch itself. They exist and hold nothing.</summary>
    None,

    Service,

    Pod,
}
