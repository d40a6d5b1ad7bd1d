using System.Buffers.Binary;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>Writes the query.</summary>
internal static class QuestionMessage
{
    /// <summary>A whole message under id 0; whoever sends it gives it one.</summary>
    public static byte[] Write(DnsName name, QueryOptions options)
    {
        var hasEdns = options.PayloadSize is not null;
        var end = MessageHeader.Size + name.Wire.Length + MessageHeader.QuestionFixedPart;
        var message = new byte[end + (hasEdns ? Edns.RecordSize : 0)];
        var flags = options.WantsRecursion ? MessageHeader.RecursionDesiredFlag : (ushort)0;
        MessageHeader.Write(message, 0, flags, 1, 0, 0, hasEdns ? 1 : 0);
        name.Wire.CopyTo(message.AsSpan(MessageHeader.Size));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end - 4), (ushort)options.Type);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(end - 2), (ushort)options.Class);
        if (options.PayloadSize is { } size)
        {
            var opt = message.AsSpan(end);
            BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)RecordType.OPT);
            BinaryPrimitives.WriteUInt16BigEndian(opt[3..], size);
            BinaryPrimitives.WriteUInt32BigEndian(opt[5..], options.DnssecOk ? Edns.DnssecOkBit : 0);
        }

        return message;
    }
}
