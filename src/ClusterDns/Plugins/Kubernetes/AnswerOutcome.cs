namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What became of a question about the cluster's names.</summary>
internal enum AnswerOutcome : byte
{
    /// <summary>The name does not exist; nothing is written.</summary>
    NameError,

    /// <summary>The name exists without the type; nothing is written.</summary>
    NoData,

    /// <summary>Records are written.</summary>
    Answered,
}
