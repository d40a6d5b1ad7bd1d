namespace ClusterDns.Plugins.Acl;

/// <summary>What becomes of a query that a policy has.</summary>
internal enum AclAction : byte
{
    /// <summary>It goes on along the chain; no later policy is asked.</summary>
    Allow,

    /// <summary>REFUSED, with the extended error "Blocked".</summary>
    Block,

    /// <summary>NOERROR without records, with the extended error "Filtered".</summary>
    Filter,

    /// <summary>No reply.</summary>
    Drop,
}
