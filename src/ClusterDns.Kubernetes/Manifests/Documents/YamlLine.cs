namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>What a line means to the stream around the documents.</summary>
internal enum YamlLine : byte
{
    Content,

    /// <summary>Blank, a comment or a directive: makes no document by itself.</summary>
    Filler,

    /// <summary><c>---</c></summary>
    DocumentStart,

    /// <summary><c>...</c></summary>
    DocumentEnd,
}
