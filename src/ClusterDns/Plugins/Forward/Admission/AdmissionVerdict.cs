namespace ClusterDns.Plugins.Forward.Admission;

/// <summary>What <see cref="QueryAdmission"/> says to a query.</summary>
internal enum AdmissionVerdict
{
    Admitted,

    /// <summary>As many are under way as may be.</summary>
    TooMany,

    /// <summary>The client has its part; there is room for others.</summary>
    TooManyOfClient,
}
