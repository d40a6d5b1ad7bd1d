using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>Reads a query: header, exactly one question, and an OPT record among the rest.</summary>
public static class QueryReader
{
    // A query carries no data; these leave room for what RFC 1995 (IXFR), RFC 8945 (TSIG) and RFC 2931 (SIG(0)) add.
    private const int MaxAnswers = 1;
    private const int MaxAuthorities = 1;
    private const int MaxAdditionals = 2;

    /// <summary>
    /// Reads <paramref name="packet"/>; <paramref name="name"/> and <paramref name="query"/> are good when the verdict is
    /// <see cref="QueryVerdict.Accepted"/> or <see cref="QueryVerdict.BadVersion"/>. Octets behind the last counted
    /// record are ignored. Never throws.
    /// </summary>
    public static QueryVerdict Read(ReadOnlySpan<byte> packet, QuestionName name, out QueryFields query)
    {
        query = default;
        if (packet.Length < MessageHeader.Size)
        {
            return QueryVerdict.Silence;
        }

        var flags = MessageHeader.Flags(packet);
        if ((flags & MessageHeader.ResponseFlag) != 0)
        {
            return QueryVerdict.Silence;
        }

        if (MessageHeader.OpcodeOf(flags) != Opcode.Query)
        {
            return QueryVerdict.NotImplemented;
        }

        if (MessageHeader.QuestionCount(packet) != 1
            || MessageHeader.AnswerCount(packet) > MaxAnswers
            || MessageHeader.AuthorityCount(packet) > MaxAuthorities
            || MessageHeader.AdditionalCount(packet) > MaxAdditionals
            || !name.TrySet(packet[MessageHeader.Size..]))
        {
            return QueryVerdict.FormatError;
        }

        var question = MessageHeader.Size + name.Length;
        var end = question + 4;
        if (end > packet.Length)
        {
            return QueryVerdict.FormatError;
        }

        var type = (RecordType)BinaryPrimitives.ReadUInt16BigEndian(packet[question..]);
        var recordClass = (RecordClass)BinaryPrimitives.ReadUInt16BigEndian(packet[(question + 2)..]);
        if (!TryReadEdns(packet, end, out var edns))
        {
            return QueryVerdict.FormatError;
        }

        query = new QueryFields(MessageHeader.Id(packet), flags, end, type, recordClass, edns);
        return edns.Version == 0 ? QueryVerdict.Accepted : QueryVerdict.BadVersion;
    }

    private static bool TryReadEdns(ReadOnlySpan<byte> packet, int position, out Edns edns)
    {
        edns = default;
        var records = new RecordReader(packet, position);
        while (records.TryRead(out var record))
        {
            if (record.Type != RecordType.OPT)
            {
                continue;
            }

            // A second OPT, an owner other than the root, or one outside the additional section: RFC 6891, 6.1.1.
            if (edns.IsPresent || record.Section != Section.Additional || packet[record.Offset] != 0
                || !AreWholeOptions(record.Data(packet)))
            {
                return false;
            }

            edns = new Edns(
                IsPresent: true,
                (ushort)record.Class,
                (record.TimeToLive & Edns.DnssecOkBit) != 0,
                (byte)(record.TimeToLive >> 16),
                record.DataOffset,
                record.DataLength);
        }

        return !records.IsMalformed;
    }

    private static bool AreWholeOptions(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty)
        {
            if (options.Length < 4)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            if (length > options.Length - 4)
            {
                return false;
            }

            options = options[(4 + length)..];
        }

        return true;
    }
}
