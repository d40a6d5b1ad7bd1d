namespace ClusterDns.Plugins.Kubernetes;

/// <summary>How a chain of ExternalName Services ended.</summary>
internal enum AliasEnd : byte
{
    /// <summary>At addresses in the zone.</summary>
    Addresses,

    /// <summary>At a name outside the zone, which the server asks for.</summary>
    OutsideZone,

    /// <summary>At a name of the zone that does not exist, or has no address of the family.</summary>
    NoAddress,

    /// <summary>Nowhere: it is a circle, or longer than any is followed.</summary>
    TooLong,
}
