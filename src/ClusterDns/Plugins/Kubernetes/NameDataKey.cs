using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Same name in the rdata; for NS and PTR records of one owner.</summary>
/// <param name="labels">The name's labels in front of a zone that all of them share.</param>
internal readonly ref struct NameDataKey(ReadOnlySpan<byte> labels) : IRecordKey
{
    private readonly ReadOnlySpan<byte> _labels = labels;

    public int Hash => OctetHash.Of(_labels);

    public bool IsAt(ReadOnlySpan<byte> message, int offset)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        NameReader.TrySkip(message, ref offset);
        var data = RecordFields.DataOffset(offset);
        return NameReader.TryRead(message, ref data, name, out _) && name.StartsWith(_labels);
    }
}
