using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Packets;

/// <summary>What must hold of the reply to any packet, however odd the packet is.</summary>
internal static class ReplyFault
{
    /// <summary>A flag that was never given a meaning and is zero (RFC 1035, 4.1.1).</summary>
    private const ushort ReservedFlag = 0x0040;

    /// <summary>Flags that a reply has from its query.</summary>
    private const ushort RepeatedFlags = 0x7800 | MessageHeader.RecursionDesiredFlag;

    /// <summary>The first thing that is wrong, in words; null when nothing is.</summary>
    /// <param name="packet">What was sent.</param>
    /// <param name="reply">What came back; null for nothing.</param>
    /// <param name="protocol">How.</param>
    public static string? Find(ReadOnlySpan<byte> packet, byte[]? reply, TransportProtocol protocol)
    {
        var name = new QuestionName();
        var verdict = QueryReader.Read(packet, name, out var query);
        if (verdict == QueryVerdict.Silence || reply is null)
        {
            return verdict == QueryVerdict.Silence == reply is null ? null
                : reply is null ? "a query got no reply"
                : "what is no query got a reply";
        }

        return OfHeader(packet, reply)
            ?? (verdict is QueryVerdict.Accepted or QueryVerdict.BadVersion
                ? OfAnswer(packet, query, reply, protocol)
                : OfRefusal(verdict, reply));
    }

    private static string? OfHeader(ReadOnlySpan<byte> packet, byte[] reply)
    {
        if (reply.Length < MessageHeader.Size)
        {
            return $"a reply of {reply.Length} octets";
        }

        var flags = MessageHeader.Flags(reply);
        return MessageHeader.Id(reply) != MessageHeader.Id(packet) ? "another id"
            : (flags & MessageHeader.ResponseFlag) == 0 ? "QR is not set"
            : (flags & ReservedFlag) != 0 ? "a reserved flag is set"
            : ((flags ^ MessageHeader.Flags(packet)) & RepeatedFlags) != 0 ? "another opcode or RD"
            : null;
    }

    private static string? OfRefusal(QueryVerdict verdict, byte[] reply)
    {
        var expected = verdict == QueryVerdict.FormatError ? ResponseCode.FormatError : ResponseCode.NotImplemented;
        return reply.Length != MessageHeader.Size || reply.AsSpan(4).ContainsAnyExcept((byte)0) ? "a refusal is more than a header"
            : MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)) != expected ? $"a refusal is not {expected}"
            : null;
    }

    private static string? OfAnswer(ReadOnlySpan<byte> packet, in QueryFields query, byte[] reply, TransportProtocol protocol)
    {
        var most = protocol == TransportProtocol.Tcp ? MessageHeader.MaxMessageSize
            : query.Edns.IsPresent ? Math.Max((int)query.Edns.PayloadSize, MessageHeader.MinUdpPayloadSize)
            : MessageHeader.MinUdpPayloadSize;
        if (reply.Length > most)
        {
            return $"{reply.Length} octets for a client that takes {most}";
        }

        if (MessageHeader.QuestionCount(reply) != 1
            || reply.Length < query.QuestionEnd
            || !packet[MessageHeader.Size..query.QuestionEnd].SequenceEqual(reply.AsSpan()[MessageHeader.Size..query.QuestionEnd]))
        {
            return "another question";
        }

        return OfRecords(reply, query);
    }

    private static string? OfRecords(ReadOnlySpan<byte> reply, in QueryFields query)
    {
        var options = 0;
        var records = new RecordReader(reply, query.QuestionEnd);
        while (records.TryRead(out var record))
        {
            options += record.Type == RecordType.OPT ? 1 : 0;
            if (!AreNamesWhole(reply, record))
            {
                return $"the {record.Type} record at octet {record.Offset} has a broken name";
            }
        }

        return records.IsMalformed || records.Position != reply.Length ? $"malformed at octet {records.Position} of {reply.Length}"
            : options != (query.Edns.IsPresent ? 1 : 0) ? $"{options} OPT records"
            : !ReplyReader.TryRead(reply, out _) ? "our own client would not read it"
            : null;
    }

    private static bool AreNamesWhole(ReadOnlySpan<byte> reply, in RecordView record)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var position = record.Offset;
        if (!NameReader.TryRead(reply, ref position, name, out _))
        {
            return false;
        }

        var (prefix, names, suffix) = record.Type switch
        {
            RecordType.CNAME or RecordType.NS or RecordType.PTR or RecordType.DNAME => (0, 1, 0),
            RecordType.MX => (2, 1, 0),
            RecordType.SRV => (6, 1, 0),
            RecordType.SOA => (0, 2, 20),
            _ => (0, 0, record.DataLength),
        };
        position = record.DataOffset + prefix;
        for (; names > 0; names--)
        {
            if (position > record.End || !NameReader.TryRead(reply, ref position, name, out _))
            {
                return false;
            }
        }

        return position + suffix == record.End;
    }
}
