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

        if (!HasPlausibleCounts(packet) || !name.TrySet(packet[MessageHeader.Size..]))
        {
            return QueryVerdict.FormatError;
        }

        var question = packet[(MessageHeader.Size + name.Length)..];
        var end = MessageHeader.Size + name.Length + MessageHeader.QuestionFixedPart;
        if (end > packet.Length || !EdnsReader.TryRead(packet, end, out var edns))
        {
            return QueryVerdict.FormatError;
        }

        query = new QueryFields(
            MessageHeader.Id(packet),
            flags,
            end,
            (RecordType)BinaryPrimitives.ReadUInt16BigEndian(question),
            (RecordClass)BinaryPrimitives.ReadUInt16BigEndian(question[2..]),
            edns);
        return edns.Version == 0 ? QueryVerdict.Accepted : QueryVerdict.BadVersion;
    }

    private static bool HasPlausibleCounts(ReadOnlySpan<byte> packet) =>
        MessageHeader.QuestionCount(packet) == 1
        && MessageHeader.AnswerCount(packet) <= MaxAnswers
        && MessageHeader.AuthorityCount(packet) <= MaxAuthorities
        && MessageHeader.AdditionalCount(packet) <= MaxAdditionals;
}
