namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>Lines of JSON that was written from something else, noted while it was written.</summary>
internal sealed class MappedLines : DocumentLines
{
    private readonly List<int> _offsets = [];
    private readonly List<int> _lines = [];

    /// <summary>Says that JSON from this offset on stands on this line; offsets are given in rising order.</summary>
    public void Add(int offset, int line)
    {
        _offsets.Add(offset);
        _lines.Add(line);
    }

    public override int LineAt(int offset)
    {
        var index = _offsets.BinarySearch(offset);
        return _lines[Math.Max(0, index >= 0 ? index : ~index - 1)];
    }
}
