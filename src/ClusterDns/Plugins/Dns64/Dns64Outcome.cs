namespace ClusterDns.Plugins.Dns64;

/// <summary>What became of a query for AAAA.</summary>
internal enum Dns64Outcome : byte
{
    /// <summary>The client asks over IPv4 and has no use for the addresses, unless <c>allow_ipv4</c> says so.</summary>
    LeftToIPv4Client,

    /// <summary>Addresses were made of A records.</summary>
    Translated,

    /// <summary>The name has no A records either.</summary>
    NoAddress,

    /// <summary>The server's own query for A records had no reply.</summary>
    LookupFailed,
}
