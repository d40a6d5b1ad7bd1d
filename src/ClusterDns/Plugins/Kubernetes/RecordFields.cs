using System.Buffers.Binary;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The fields of a record of our own reply, from the end of its owner on (RFC 1035, 3.2.1).</summary>
internal static class RecordFields
{
    private const int LengthOffset = 8;
    private const int FixedPart = 10;

    public static int DataOffset(int ownerEnd) => ownerEnd + FixedPart;

    public static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> message, int ownerEnd) =>
        message.Slice(DataOffset(ownerEnd), BinaryPrimitives.ReadUInt16BigEndian(message[(ownerEnd + LengthOffset)..]));
}
