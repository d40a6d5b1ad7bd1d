namespace ClusterDns.Wire;

/// <summary>Reads another server's reply as far as it has to be trusted: header, question, OPT record, whole records.</summary>
public static class ReplyReader
{
    /// <summary>
    /// Reads <paramref name="packet"/>. False unless it is a reply to a query with one question or none, and each record
    /// that the header counts is whole. Octets behind them are ignored. What is inside the rdata is not looked at:
    /// <see cref="Reply.AddCopy"/> does that. Never throws.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out ReplyFields reply)
    {
        reply = default;
        if (packet.Length < MessageHeader.Size)
        {
            return false;
        }

        var flags = MessageHeader.Flags(packet);
        if ((flags & MessageHeader.ResponseFlag) == 0
            || MessageHeader.OpcodeOf(flags) != Opcode.Query
            || !TrySkipQuestion(packet, out var questionEnd)
            || !EdnsReader.TryRead(packet, questionEnd, out var edns))
        {
            return false;
        }

        var code = (ResponseCode)((edns.ExtendedCode << Edns.HeaderCodeBits) | (int)MessageHeader.ResponseCodeOf(flags));
        reply = new ReplyFields(MessageHeader.Id(packet), flags, code, questionEnd, edns);
        return true;
    }

    private static bool TrySkipQuestion(ReadOnlySpan<byte> packet, out int end)
    {
        end = MessageHeader.Size;
        var questions = MessageHeader.QuestionCount(packet);
        if (questions == 0)
        {
            return true;
        }

        if (questions > 1 || !WireName.TryMeasure(packet[end..], out var length))
        {
            return false;
        }

        end += length + MessageHeader.QuestionFixedPart;
        return end <= packet.Length;
    }
}
