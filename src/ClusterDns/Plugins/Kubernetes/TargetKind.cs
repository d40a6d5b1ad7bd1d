namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What a name of the zone stands for.</summary>
internal enum TargetKind : byte
{
    /// <summary>Nothing: the name does not exist.</summary>
    NameError,

    /// <summary>The name exists because of those below it, and holds nothing itself.</summary>
    Empty,

    /// <summary><c>ns.dns.ZONE</c>: the DNS service.</summary>
    NameServer,

    /// <summary>A pod's address.</summary>
    Pod,

    /// <summary>A Service, answered by its cluster addresses.</summary>
    ClusterAddresses,

    /// <summary>A headless Service, or one endpoint of any Service.</summary>
    Endpoints,

    /// <summary>An ExternalName Service.</summary>
    Alias,
}
