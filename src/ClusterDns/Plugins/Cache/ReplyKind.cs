namespace ClusterDns.Plugins.Cache;

/// <summary>What a reply says, as far as keeping it goes.</summary>
internal enum ReplyKind : byte
{
    /// <summary>Anything that is not kept: REFUSED, an expired signature, a chain that leads nowhere.</summary>
    Other,

    /// <summary>Records of the type asked for, or an empty NOERROR without SOA.</summary>
    Answer,

    /// <summary>No answer but the name servers of a zone further down.</summary>
    Delegation,

    /// <summary>NXDOMAIN with a SOA.</summary>
    NameError,

    /// <summary>NOERROR without the type asked for, with a SOA.</summary>
    NoData,

    /// <summary>SERVFAIL or NOTIMP.</summary>
    ServerError,
}
