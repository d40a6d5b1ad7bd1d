using System.Buffers.Binary;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Same port and same target; for SRV records of one owner.</summary>
/// <param name="port">Port number.</param>
/// <param name="labels">The target's labels in front of the zone.</param>
internal readonly ref struct ServiceKey(ushort port, ReadOnlySpan<byte> labels) : IRecordKey
{
    private const int PortOffset = 4;
    private const int TargetOffset = 6;

    private readonly ushort _port = port;
    private readonly ReadOnlySpan<byte> _labels = labels;

    public int Hash => OctetHash.Of(_labels) + _port;

    public bool IsAt(ReadOnlySpan<byte> message, int offset)
    {
        NameReader.TrySkip(message, ref offset);
        var data = RecordFields.Data(message, offset);
        return BinaryPrimitives.ReadUInt16BigEndian(data[PortOffset..]) == _port && data[TargetOffset..].StartsWith(_labels);
    }
}
