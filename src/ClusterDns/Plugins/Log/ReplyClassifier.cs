using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Log;

/// <summary>Puts a reply in one of the three classes, as CoreDNS does.</summary>
internal static class ReplyClassifier
{
    public static ReplyClasses Classify(Query query, ServeResult result)
    {
        var reply = query.Reply;
        if (result.Outcome != ServeOutcome.Answered || query.Type is RecordType.AXFR or RecordType.IXFR)
        {
            return ReplyClasses.Error;
        }

        return reply.Code switch
        {
            ResponseCode.NoError when reply.AnswerCount > 0 => ReplyClasses.Success,
            ResponseCode.NoError => HasStartOfAuthority(reply) ? ReplyClasses.Denial : ReplyClasses.Success,
            ResponseCode.NameError when HasStartOfAuthority(reply) => ReplyClasses.Denial,
            _ => ReplyClasses.Error,
        };
    }

    private static bool HasStartOfAuthority(Reply reply)
    {
        if (reply.AuthorityCount == 0)
        {
            return false;
        }

        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (record.Section == Section.Authority && record.Type == RecordType.SOA)
            {
                return true;
            }
        }

        return false;
    }
}
