using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Ends a chain of aliases outside the zone, by asking the whole server on the client's behalf.</summary>
internal sealed class OutsideLookup(ServerLookup server)
{
    /// <summary>
    /// Adds what is known of <paramref name="target"/> to the CNAMEs in the query's reply; nothing if the name does not
    /// exist. False if nobody can be asked.
    /// </summary>
    public ValueTask<bool> TryAddAnswersAsync(Query query, ReadOnlyMemory<byte> target) =>
        TryAddAnswersAsync(query, target, query.Type, Section.Answer);

    /// <summary>The same for any type, and into any section.</summary>
    public async ValueTask<bool> TryAddAnswersAsync(
        Query query, ReadOnlyMemory<byte> target, RecordType type, Section section) =>
        await AddAnswersAsync(query, target, type, section).ConfigureAwait(false) is not null;

    /// <summary>The same, and what became of the lookup: the rcode, or null if nobody can be asked.</summary>
    public async ValueTask<ResponseCode?> AddAnswersAsync(
        Query query, ReadOnlyMemory<byte> target, RecordType type, Section section)
    {
        var outside = await server.AskAsync(query, target, type).ConfigureAwait(false);
        if (outside is null)
        {
            return null;
        }

        var code = outside.Reply.Code;
        CopyAnswers(outside.Reply, query.Reply, section);
        query.IsLive |= outside.IsLive;
        server.Release(outside);
        return code;
    }

    private static void CopyAnswers(Reply source, Reply destination, Section section)
    {
        var records = source.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            if (!destination.AddCopy(section, source.Message, record))
            {
                break;
            }
        }

        destination.IsTruncated |= source.IsTruncated && section == Section.Answer;
    }
}
