using System.Globalization;
using System.Text;
using ClusterDns.Records;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>A reply as dig prints one.</summary>
internal static class ReplyText
{
    private static readonly (Section Section, string Title)[] Sections =
        [(Section.Answer, "ANSWER"), (Section.Authority, "AUTHORITY"), (Section.Additional, "ADDITIONAL")];

    /// <summary>The data of the answers, a line each.</summary>
    public static string WriteShort(ReceivedReply reply) => string.Concat(
        reply.Records.Where(record => record.Section == Section.Answer).Select(record => $"{record.Data}\n"));

    public static string Write(ReceivedReply reply, IReadOnlyList<SearchStep> steps, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var step in steps)
        {
            text.Append($";; search: {step.Name} {step.Outcome}\n");
        }

        AppendHeader(text, reply);
        AppendEdns(text, reply);
        if (reply.Fields.HasQuestion)
        {
            text.Append(";; QUESTION SECTION:\n");
            text.Append($";{reply.QuestionName}\t\t{Mnemonic.Of(reply.QuestionClass)}\t{Mnemonic.Of(reply.QuestionType)}\n\n");
        }

        foreach (var (section, title) in Sections)
        {
            AppendSection(text, title, [.. reply.Records.Where(record => record.Section == section)]);
        }

        var protocol = reply.Protocol == TransportProtocol.Udp ? "UDP" : "TCP";
        text.Append(CultureInfo.InvariantCulture, $";; Query time: {reply.Elapsed.TotalMilliseconds:0.###} ms\n");
        text.Append(CultureInfo.InvariantCulture, $";; SERVER: {reply.Server.Address}#{reply.Server.Port} ({protocol})\n");
        text.Append(CultureInfo.InvariantCulture, $";; WHEN: {now:ddd MMM dd HH:mm:ss} UTC {now:yyyy}\n");
        return text.Append(CultureInfo.InvariantCulture, $";; MSG SIZE  rcvd: {reply.Message.Length}\n").ToString();
    }

    private static void AppendHeader(StringBuilder text, ReceivedReply reply)
    {
        var message = reply.Message;
        text.Append(
            CultureInfo.InvariantCulture,
            $";; ->>HEADER<<- opcode: QUERY, status: {Mnemonic.Of(reply.Fields.Code)}, id: {reply.Fields.Id}\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $";; flags: {string.Join(' ', reply.Flags)}; QUERY: {MessageHeader.QuestionCount(message)}, "
                + $"ANSWER: {MessageHeader.AnswerCount(message)}, AUTHORITY: {MessageHeader.AuthorityCount(message)}, "
                + $"ADDITIONAL: {MessageHeader.AdditionalCount(message)}\n\n");
    }

    private static void AppendEdns(StringBuilder text, ReceivedReply reply)
    {
        var edns = reply.Fields.Edns;
        if (!edns.IsPresent)
        {
            return;
        }

        text.Append(";; OPT PSEUDOSECTION:\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"; EDNS: version: {edns.Version}, flags:{(edns.DnssecOk ? " do" : "")}; udp: {edns.PayloadSize}\n");
        var options = edns.Options(reply.Message);
        while (options.TryRead(out var code, out var data))
        {
            if (code == EdnsOption.ExtendedError && ExtendedErrorLine.TryRead(data, out var error))
            {
                text.Append($"; EDE: {error}\n");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"; {NameOf(code)}: {Convert.ToHexStringLower(data)}\n");
            }
        }
    }

    private static string NameOf(ushort option) => option switch
    {
        EdnsOption.NameServerId => "NSID",
        EdnsOption.ClientSubnet => "CLIENT-SUBNET",
        EdnsOption.Expire => "EXPIRE",
        EdnsOption.Cookie => "COOKIE",
        EdnsOption.TcpKeepAlive => "TCP-KEEPALIVE",
        EdnsOption.Padding => "PAD",
        _ => string.Create(CultureInfo.InvariantCulture, $"OPT={option}"),
    };

    private static void AppendSection(StringBuilder text, string title, IReadOnlyList<ReplyRecord> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        text.Append($";; {title} SECTION:\n");
        foreach (var record in records)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{record.Owner}\t{record.TimeToLive}\t{Mnemonic.Of(record.Class)}\t{Mnemonic.Of(record.Type)}\t{record.Data}\n");
        }

        text.Append('\n');
    }
}
