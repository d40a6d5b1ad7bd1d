using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Same owner and same address; for the address records behind SRV and NS.</summary>
/// <param name="labels">The owner's labels in front of the zone, where no two owners share them by chance.</param>
/// <param name="address">4 or 16 octets.</param>
internal readonly ref struct OwnedAddressKey(ReadOnlySpan<byte> labels, ReadOnlySpan<byte> address) : IRecordKey
{
    private readonly ReadOnlySpan<byte> _labels = labels;
    private readonly ReadOnlySpan<byte> _address = address;

    public int Hash => OctetHash.Of(_address);

    public bool IsAt(ReadOnlySpan<byte> message, int offset)
    {
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        return NameReader.TryRead(message, ref offset, owner, out _)
            && owner.StartsWith(_labels)
            && RecordFields.Data(message, offset).SequenceEqual(_address);
    }
}
