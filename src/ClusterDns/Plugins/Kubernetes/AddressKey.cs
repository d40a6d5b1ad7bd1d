using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Same address; for A and AAAA records of one owner.</summary>
internal readonly ref struct AddressKey(ReadOnlySpan<byte> address) : IRecordKey
{
    private readonly ReadOnlySpan<byte> _address = address;

    public int Hash => OctetHash.Of(_address);

    public bool IsAt(ReadOnlySpan<byte> message, int offset)
    {
        NameReader.TrySkip(message, ref offset);
        return RecordFields.Data(message, offset).SequenceEqual(_address);
    }
}
