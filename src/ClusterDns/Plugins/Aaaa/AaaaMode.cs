namespace ClusterDns.Plugins.Aaaa;

/// <summary>Whether names outside the cluster are looked up for IPv6 addresses.</summary>
internal enum AaaaMode : byte
{
    /// <summary>As any other query.</summary>
    Always,

    /// <summary>Only where something of the cluster has an IPv6 address.</summary>
    Auto,

    /// <summary>Not at all.</summary>
    Never,
}
