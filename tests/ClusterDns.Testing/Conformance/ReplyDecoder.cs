using ClusterDns.Wire;

namespace ClusterDns.Testing.Conformance;

/// <summary>Packet -> what the set compares.</summary>
internal static class ReplyDecoder
{
    private static readonly (ushort Bit, string Name)[] Flags =
    [
        (MessageHeader.AuthoritativeFlag, "AA"),
        (MessageHeader.TruncatedFlag, "TC"),
        (MessageHeader.RecursionDesiredFlag, "RD"),
        (MessageHeader.RecursionAvailableFlag, "RA"),
        (MessageHeader.AuthenticDataFlag, "AD"),
        (MessageHeader.CheckingDisabledFlag, "CD"),
    ];

    /// <summary>Reads a whole reply to <paramref name="query"/>, whose question it has to repeat octet by octet.</summary>
    /// <exception cref="FormatException">It is no reply to that query, or malformed.</exception>
    public static ConformanceReply Decode(ReadOnlySpan<byte> query, ReadOnlySpan<byte> reply)
    {
        var questionEnd = QuestionEnd(query);
        if (reply.Length < questionEnd
            || MessageHeader.Id(reply) != MessageHeader.Id(query)
            || (MessageHeader.Flags(reply) & MessageHeader.ResponseFlag) == 0
            || !reply[MessageHeader.Size..questionEnd].SequenceEqual(query[MessageHeader.Size..questionEnd]))
        {
            throw new FormatException("The packet is no reply to the query");
        }

        var sections = new List<string>[] { [], [], [] };
        string? edns = null;
        var records = new RecordReader(reply, questionEnd);
        while (records.TryRead(out var record))
        {
            if (record.Type == RecordType.OPT)
            {
                edns = FormatEdns((int)record.Class, (record.TimeToLive & Edns.DnssecOkBit) != 0);
                continue;
            }

            sections[(int)record.Section].Add(RecordText.Format(reply, record));
        }

        if (records.IsMalformed || records.Position != reply.Length)
        {
            throw new FormatException($"The reply is malformed at octet {records.Position} of {reply.Length}");
        }

        var flags = MessageHeader.Flags(reply);
        return new ConformanceReply
        {
            ResponseCode = FormatCode(MessageHeader.ResponseCodeOf(flags)),
            Flags = [.. Flags.Where(flag => (flags & flag.Bit) != 0).Select(flag => flag.Name)],
            Answer = sections[(int)Section.Answer],
            Authority = sections[(int)Section.Authority],
            Additional = sections[(int)Section.Additional],
            AnswerCount = sections[(int)Section.Answer].Count,
            Edns = edns,
        };
    }

    public static string FormatEdns(int size, bool dnssecOk) => dnssecOk ? $"{size} do" : $"{size}";

    private static int QuestionEnd(ReadOnlySpan<byte> query)
    {
        var position = MessageHeader.Size;
        return NameReader.TrySkip(query, ref position) ? position + 4 : throw new FormatException("The query has no question");
    }

    private static string FormatCode(ResponseCode code) => code switch
    {
        ResponseCode.NoError => "NOERROR",
        ResponseCode.NameError => "NXDOMAIN",
        ResponseCode.ServerFailure => "SERVFAIL",
        _ => code.ToString().ToUpperInvariant(),
    };
}
