namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>From places in a document's JSON back to lines of its file.</summary>
internal abstract class DocumentLines
{
    /// <param name="offset">Bytes into the JSON; asked for in rising order.</param>
    public abstract int LineAt(int offset);
}
