namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What makes two records of a reply the same.</summary>
internal interface IRecordKey
{
    /// <summary>Equal for equal keys.</summary>
    int Hash { get; }

    /// <summary>Whether the record that begins at <paramref name="offset"/> has this key.</summary>
    bool IsAt(ReadOnlySpan<byte> message, int offset);
}
