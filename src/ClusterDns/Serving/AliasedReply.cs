using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// Tells a client, as the reply to its own question, what the chain answered under another name: the reply as it was, with
/// a CNAME in front that leads there.
/// </summary>
internal static class AliasedReply
{
    /// <param name="query">The client's query; what its reply held is gone.</param>
    /// <param name="other">The query under the other name, answered.</param>
    /// <param name="target">Where the CNAME leads; empty for no CNAME.</param>
    /// <param name="timeToLive">The CNAME's, in seconds.</param>
    public static void Write(Query query, Query other, ReadOnlySpan<byte> target, uint timeToLive)
    {
        var reply = query.Reply;
        var source = other.Reply;
        reply.Clear();
        if (!target.IsEmpty)
        {
            reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, timeToLive, NameParts.Whole(target));
        }

        var records = source.ReadRecords();
        while (records.TryRead(out var record))
        {
            reply.AddCopy(record.Section, source.Message, record);
        }

        reply.Code = source.Code;
        reply.IsAuthoritative = source.IsAuthoritative;
        reply.IsRecursionAvailable = source.IsRecursionAvailable;
        reply.IsAuthenticData = source.IsAuthenticData;
        reply.IsTruncated |= source.IsTruncated;
        var options = source.Options;
        while (options.TryRead(out var code, out var data))
        {
            reply.AddOption(code, data);
        }

        TakeFacts(query, other);
    }

    /// <summary>
    /// Tells as the client's query's own what there is to know of the answer; the query's size stays what it was, since
    /// the client sees no other.
    /// </summary>
    public static void TakeFacts(Query query, Query other)
    {
        query.AnsweredBy = other.AnsweredBy;
        query.Error = other.Error;
        query.Reason = other.Reason;
        query.IsLive = other.IsLive;
        query.Upstream = other.Upstream;
    }
}
