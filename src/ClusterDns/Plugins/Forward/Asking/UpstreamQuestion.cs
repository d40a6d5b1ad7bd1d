using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// Writes what upstreams are asked: the client's question and flags under no id, the name in lower case, and the client's
/// OPT record. Two queries that differ in anything an upstream may answer differently make different messages, so equal
/// messages are one question.
/// </summary>
internal static class UpstreamQuestion
{
    /// <summary>Octets of the longest message.</summary>
    public const int MaxSize = MessageHeader.Size + WireName.MaxLength + MessageHeader.QuestionFixedPart
        + Edns.RecordSize + ForwardLimits.MostOptionOctets;

    private const int OptionHeaderSize = 4;

    private const ushort CopiedFlags = MessageHeader.RecursionDesiredFlag
        | MessageHeader.AuthenticDataFlag
        | MessageHeader.CheckingDisabledFlag;

    /// <summary>A question of our own.</summary>
    public static byte[] Of(DnsName name, RecordType type, ushort flags)
    {
        var message = new byte[MessageHeader.Size + name.Wire.Length + MessageHeader.QuestionFixedPart];
        WriteQuestion(message, name.Wire, type, RecordClass.IN, flags, additionals: 0);
        return message;
    }

    /// <summary>Writes the question of <paramref name="query"/> and gives its octets.</summary>
    public static int Write(Query query, Span<byte> destination)
    {
        var edns = query.Edns;
        var flags = (ushort)(query.Flags & CopiedFlags);
        var end = WriteQuestion(destination, query.Name.Wire, query.Type, query.Class, flags, edns.IsPresent ? 1 : 0);
        return edns.IsPresent ? end + WriteOpt(query, destination[end..]) : end;
    }

    private static int WriteQuestion(
        Span<byte> destination,
        ReadOnlySpan<byte> name,
        RecordType type,
        RecordClass recordClass,
        ushort flags,
        int additionals)
    {
        MessageHeader.Write(destination, id: 0, flags, 1, 0, 0, additionals);
        name.CopyTo(destination[MessageHeader.Size..]);
        var end = MessageHeader.Size + name.Length;
        BinaryPrimitives.WriteUInt16BigEndian(destination[end..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(end + 2)..], (ushort)recordClass);
        return end + MessageHeader.QuestionFixedPart;
    }

    private static int WriteOpt(Query query, Span<byte> destination)
    {
        var edns = query.Edns;
        var options = WriteOptions(edns.Options(query.Packet), destination[Edns.RecordSize..]);
        destination[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)RecordType.OPT);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], edns.PayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], edns.DnssecOk ? Edns.DnssecOkBit : 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], (ushort)options);
        return Edns.RecordSize + options;
    }

    private static int WriteOptions(EdnsOptions options, Span<byte> destination)
    {
        var length = 0;
        while (options.TryRead(out var code, out var data))
        {
            var size = OptionHeaderSize + data.Length;
            if (IsHopByHop(code) || length + size > ForwardLimits.MostOptionOctets)
            {
                continue;
            }

            BinaryPrimitives.WriteUInt16BigEndian(destination[length..], code);
            BinaryPrimitives.WriteUInt16BigEndian(destination[(length + 2)..], (ushort)data.Length);
            data.CopyTo(destination[(length + OptionHeaderSize)..]);
            length += size;
        }

        return length;
    }

    // Between client and us alone: RFC 7873, 1; RFC 7828, 3.2.1; RFC 7830, 4.
    private static bool IsHopByHop(ushort code) =>
        code is EdnsOption.Cookie or EdnsOption.TcpKeepAlive or EdnsOption.Padding;
}
