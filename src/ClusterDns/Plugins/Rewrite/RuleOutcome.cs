namespace ClusterDns.Plugins.Rewrite;

/// <summary>What a rule made of a question.</summary>
internal enum RuleOutcome : byte
{
    /// <summary>It means other questions.</summary>
    Ignored,

    /// <summary>It means this one, and did what it had to do.</summary>
    Applied,

    /// <summary>The name that it makes is none.</summary>
    InvalidName,
}
