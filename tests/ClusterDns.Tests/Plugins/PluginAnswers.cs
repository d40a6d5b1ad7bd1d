using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins;

/// <summary>What a plugin makes of a question, in words.</summary>
internal static class PluginAnswers
{
    /// <summary>
    /// Asks <c>NAME TYPE [CLASS]</c>. Gives <c>next</c> when the rest of the chain was asked, <c>failed CODE</c>, or the
    /// reply: <c>CODE FLAGS</c>, then a line for each record, those of the authority section behind <c>? </c>, additional
    /// ones behind <c>+ </c>.
    /// </summary>
    public static string AskFor(this PluginFixture fixture, string question)
    {
        var words = question.Split(' ');
        Mnemonic.TryParse(words[1], out RecordType type);
        Mnemonic.TryParse(words.Length > 2 ? words[2] : "IN", out RecordClass recordClass);
        using var query = QueryFactory.Ask(words[0], type, recordClass, udpSize: 4096);
        query.ServerLabel = "dns://:53";
        var isPassedOn = false;
        var rest = fixture.Rest;
        fixture.Rest = passed =>
        {
            isPassedOn |= ReferenceEquals(passed, query);
            return rest(passed);
        };
        var result = fixture.Ask(query);
        fixture.Rest = rest;
        return isPassedOn ? "next"
            : result.Outcome == ServeOutcome.Failed ? $"failed {Mnemonic.Of(result.Code)}"
            : Describe(query);
    }

    /// <summary>The reply alone.</summary>
    public static string Describe(Query query)
    {
        var packet = new byte[query.Reply.FinishedLength];
        query.Reply.Finish(packet, packet.Length);
        var reply = ReplyDecoder.Decode(query.Packet, packet);
        IEnumerable<string> lines =
        [
            string.Join(' ', reply.Flags.Where(flag => flag != "RD").Prepend(reply.ResponseCode)),
            .. reply.Answer,
            .. reply.Authority.Select(record => $"? {record}"),
            .. reply.Additional.Select(record => $"+ {record}"),
        ];
        return string.Join('\n', lines);
    }
}
