using ClusterDns.Wire;

namespace ClusterDns.Serving.Tracing;

/// <summary>The query is done with.</summary>
/// <param name="Outcome">What the chain made of it.</param>
/// <param name="Code">The rcode that the client sees.</param>
/// <param name="AnsweredBy">The plugin that wrote the reply; empty for the server itself.</param>
/// <param name="Error">What went wrong, in the words of the <c>errors</c> plugin; null where nothing did.</param>
internal sealed record ReplyStep(ServeOutcome Outcome, ResponseCode Code, string AnsweredBy, string? Error) : TraceStep
{
    /// <summary>The octets that a reply was cut to which has more; null where all of it is sent.</summary>
    public int? CutTo { get; init; }

    /// <summary>There is a record of the type that was asked for.</summary>
    public bool HasType { get; init; }

    public static ReplyStep Of(Query query, ServeResult result) =>
        new(result.Outcome, result.CodeFor(query), query.AnsweredBy, query.Error)
        {
            CutTo = result.Outcome == ServeOutcome.Answered && query.Reply.WillBeTruncated(query.ReplyLimit) ? query.ReplyLimit : null,
            HasType = result.Outcome == ServeOutcome.Answered && HasRecord(query.Reply, query.Type),
        };

    private static bool HasRecord(Reply reply, RecordType type)
    {
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            if (record.Type == type)
            {
                return true;
            }
        }

        return false;
    }
}
