using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Ends a chain of aliases outside the zone, by asking the whole server on the client's behalf.</summary>
internal sealed class OutsideLookup(ServerLookup server)
{
    /// <summary>
    /// Adds what is known of <paramref name="target"/> to the CNAMEs in the query's reply. They stay as they are if the
    /// name does not exist; if nobody can be asked they are taken back.
    /// </summary>
    public async ValueTask AddAnswersAsync(Query query, ReadOnlyMemory<byte> target)
    {
        var outside = await server.AskAsync(query, target, query.Type).ConfigureAwait(false);
        if (outside is null)
        {
            query.Reply.Clear();
            return;
        }

        CopyAnswers(outside.Reply, query.Reply);
        server.Release(outside);
    }

    private static void CopyAnswers(Reply source, Reply destination)
    {
        var records = source.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            if (!destination.AddCopy(Section.Answer, source.Message, record))
            {
                break;
            }
        }

        destination.IsTruncated |= source.IsTruncated;
    }
}
