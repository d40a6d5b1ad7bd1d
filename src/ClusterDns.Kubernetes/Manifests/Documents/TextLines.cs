namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>Lines of text as it stands in the file: its line breaks are counted, each once.</summary>
internal sealed class TextLines(ReadOnlyMemory<byte> text, int firstLine) : DocumentLines
{
    private int _counted;
    private int _line = firstLine;

    public override int LineAt(int offset)
    {
        if (offset > _counted)
        {
            _line += text.Span[_counted..offset].Count((byte)'\n');
            _counted = offset;
        }

        return _line;
    }
}
