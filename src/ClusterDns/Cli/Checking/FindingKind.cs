namespace ClusterDns.Cli.Checking;

/// <summary>How bad it is.</summary>
internal enum FindingKind
{
    /// <summary>No server starts with this.</summary>
    Error,

    /// <summary>A server starts, and will not do what was meant, or not well.</summary>
    Warning,
}
