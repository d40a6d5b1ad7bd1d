using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Minimal;

/// <summary>Takes out of replies what their clients can do without: authority and additional records beside an answer.</summary>
internal sealed class MinimalPlugin : ReplyPlugin
{
    public override string Name => "minimal";

    protected override ServeResult After(Query query, ServeResult result)
    {
        var reply = query.Reply;

        // Without an answer the authority section is the answer: a denial's SOA, or the servers of a delegation.
        if (result.Outcome == ServeOutcome.Answered
            && reply.Code == ResponseCode.NoError
            && (reply.AnswerCount > 0 || reply.AuthorityCount == 0)
            && query.Type is not (RecordType.AXFR or RecordType.IXFR))
        {
            reply.KeepAnswers();
        }

        return result;
    }
}
