namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>What a zone file makes of a question.</summary>
internal enum FileOutcome
{
    /// <summary>It has the records.</summary>
    Answered,

    /// <summary>It has the name without the type.</summary>
    NoData,

    /// <summary>It does not have the name.</summary>
    NameError,

    /// <summary>It says who has the name.</summary>
    Referral,

    /// <summary>It has a CNAME or a DNAME, which leads to a name that the server was asked for.</summary>
    LeadsOut,

    /// <summary>No file has been read yet.</summary>
    NotLoaded,
}
