using System.Buffers.Binary;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>Writes the query that a client's resolver would send, with an OPT record so that the whole answer is seen.</summary>
internal static class ExplainQuestion
{
    private const ushort PayloadSize = 4096;

    public static byte[] Write(DnsName name, RecordType type)
    {
        var end = MessageHeader.Size + name.Wire.Length + MessageHeader.QuestionFixedPart;
        var message = new byte[end + Edns.RecordSize];
        MessageHeader.Write(message, 0, MessageHeader.RecursionDesiredFlag, 1, 0, 0, 1);
        name.Wire.CopyTo(message.AsSpan(MessageHeader.Size));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end - 4), (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end - 2), (ushort)RecordClass.IN);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end + 1), (ushort)RecordType.OPT);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end + 3), PayloadSize);
        return message;
    }
}
