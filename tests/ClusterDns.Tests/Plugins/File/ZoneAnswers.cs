using ClusterDns.Records;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>What a zone file answers, as <c>dig</c> shows it.</summary>
internal static class ZoneAnswers
{
    /// <summary>
    /// Asks <c>NAME TYPE [DO]</c>; a name without final dot is in example.org, <c>@</c> is that itself. Gives <c>next</c> when the
    /// rest of the chain was asked, <c>failed CODE</c>, or the reply: <c>CODE FLAGS</c>, then a line for each record, those of
    /// the authority section behind <c>? </c>, additional ones behind <c>+ </c>.
    /// </summary>
    public static List<string> Ask(PluginFixture fixture, string question)
    {
        var words = question.Split(' ');
        Mnemonic.TryParse(words[1], out RecordType type);
        var name = words[0] == "@" ? "example.org." : words[0].EndsWith('.') ? words[0] : words[0] + ".example.org.";
        using var query = QueryFactory.Ask(name, type, udpSize: 4096, dnssecOk: words.Length > 2);
        query.Router = new OneChain(fixture.Chain());
        var isPassedOn = false;
        fixture.Rest = passed =>
        {
            isPassedOn |= ReferenceEquals(passed, query);
            return Outside(passed);
        };
        var result = fixture.Ask(query);
        return isPassedOn ? ["next"]
            : result.Outcome == ServeOutcome.Failed ? [$"failed {Mnemonic.Of(result.Code)}"]
            : Describe(query.Reply);
    }

    /// <summary>The rest of the world: <c>www.example.net</c>, a name that is not, one that fails; nobody has the others.</summary>
    private static ServeResult Outside(Query query)
    {
        switch (WireName.ToText(query.Name.Wire))
        {
            case "www.example.net.":
                query.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [198, 51, 100, 80]);
                return ServeResult.Answered;
            case "gone.example.net.":
                query.Reply.Code = ResponseCode.NameError;
                return ServeResult.Answered;
            case "fails.example.net.":
                return ServeResult.Failed(ResponseCode.ServerFailure);
            default:
                return ServeResult.Failed(ResponseCode.Refused);
        }
    }

    public static List<string> Describe(Reply reply)
    {
        var lines = new List<string> { Mnemonic.Of(reply.Code) + (reply.IsAuthoritative ? " AA" : "") };
        var data = new byte[PlainData.MaxLength];
        var owner = new byte[WireName.MaxLength];
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            var position = record.Offset;
            NameReader.TryRead(reply.Message, ref position, owner, out var ownerLength);
            PlainData.TryRead(reply.Message, record, data, out var length);
            var mark = record.Section switch
            {
                Section.Authority => "? ",
                Section.Additional => "+ ",
                _ => "",
            };
            lines.Add(mark + RecordText.Format(owner.AsSpan(0, ownerLength), record.Type, record.Class, record.TimeToLive, data.AsSpan(0, length)));
        }

        return lines;
    }
}
