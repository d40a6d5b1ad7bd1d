using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Log;

/// <summary>What each placeholder becomes.</summary>
internal static class LogFields
{
    public static void AppendOfQuery(LogLine line, LogField field, Query query)
    {
        switch (field)
        {
            case LogField.Type:
                line.Append(Mnemonic.Of(query.Type));
                break;
            case LogField.Name:
                line.AppendName(query.Name.Wire);
                break;
            case LogField.Class:
                line.Append(Mnemonic.Of(query.Class));
                break;
            case LogField.Protocol:
                line.Append(query.Protocol == TransportProtocol.Udp ? "udp" : "tcp");
                break;
            case LogField.Size:
                line.Append(query.ServedLength);
                break;
            case LogField.Remote:
                line.Append(query.Client);
                break;
            case LogField.Port:
                line.Append(query.Client.Port);
                break;
            case LogField.Local:
                line.Append(query.Local);
                break;
            case LogField.Id:
                line.Append(query.Id);
                break;
            case LogField.Opcode:
                line.Append((int)MessageHeader.OpcodeOf(query.Flags));
                break;
            case LogField.DnssecOk:
                line.Append(query.Edns.DnssecOk ? "true" : "false");
                break;
            case LogField.BufferSize:
                line.Append(query.ReplyLimit);
                break;
            default:
                line.Append("-"u8);
                break;
        }
    }

    public static void AppendOfReply(LogLine line, LogField field, Query query, ServeResult result)
    {
        if (result.Outcome == ServeOutcome.Dropped)
        {
            line.Append(field == LogField.ReplySize ? "0"u8 : "-"u8);
            return;
        }

        // A failure's reply is written later, by the server: a question without records.
        var isAnswered = result.IsAnswered;
        switch (field)
        {
            case LogField.ReplyCode:
                line.Append(Mnemonic.Of(result.CodeFor(query)));
                break;
            case LogField.ReplySize:
                line.Append(isAnswered ? query.Reply.UncompressedLength : query.Fields.QuestionEnd);
                break;
            default:
                AppendFlags(line, query, isAnswered ? query.Reply : null);
                break;
        }
    }

    private static void AppendFlags(LogLine line, Query query, Reply? reply)
    {
        line.Append("qr"u8);
        line.AppendIf(reply is { IsAuthoritative: true }, ",aa"u8);
        line.AppendIf(reply is not null && reply.WillBeTruncated(query.ReplyLimit), ",tc"u8);
        line.AppendIf(reply?.IsRecursionDesired ?? (query.Flags & MessageHeader.RecursionDesiredFlag) != 0, ",rd"u8);
        line.AppendIf(reply is { IsRecursionAvailable: true }, ",ra"u8);
        line.AppendIf(reply is { IsAuthenticData: true }, ",ad"u8);
        line.AppendIf((query.Flags & MessageHeader.CheckingDisabledFlag) != 0, ",cd"u8);
    }
}
