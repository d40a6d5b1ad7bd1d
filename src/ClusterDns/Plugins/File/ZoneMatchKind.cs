namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>How a zone has a name (RFC 1034, 4.3.2; RFC 4592; RFC 6672).</summary>
internal enum ZoneMatchKind
{
    /// <summary>The name is there, perhaps only because of others below it.</summary>
    Exact,

    /// <summary>A wildcard stands for the name.</summary>
    Wildcard,

    /// <summary>The name is at or below a delegation.</summary>
    Delegation,

    /// <summary>The name is below a DNAME.</summary>
    Redirection,

    /// <summary>There is no such name.</summary>
    NameError,
}
