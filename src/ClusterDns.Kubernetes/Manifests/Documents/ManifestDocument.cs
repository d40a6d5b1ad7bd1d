namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>One object of a file, or a list of them, as JSON, whatever it was written in.</summary>
/// <param name="Json">The object.</param>
/// <param name="Lines">Lines of the text that the object is a part of.</param>
/// <param name="Offset">Where in that text it begins.</param>
internal sealed record ManifestDocument(ReadOnlyMemory<byte> Json, DocumentLines Lines, int Offset = 0)
{
    /// <summary>The line of the file that it begins on; asked for in the order of the file.</summary>
    public int Line => Lines.LineAt(Offset);

    public ManifestDocument Part(Range range) => new(Json[range], Lines, Offset + range.Start.Value);
}
