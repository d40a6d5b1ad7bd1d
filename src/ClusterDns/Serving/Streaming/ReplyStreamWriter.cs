using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>Sends an answer of several messages, each as the client has taken those before.</summary>
internal static class ReplyStreamWriter
{
    /// <summary>
    /// Sends the query's reply and everything of its <see cref="Query.Rest"/>. False when the client went away, or took
    /// too long: then the path is still the caller's to end.
    /// </summary>
    public static async ValueTask<bool> SendAsync(Query query, ReplyPath path, TimeProvider time)
    {
        var rest = query.Rest!;
        using var patience = new CancellationTokenSource(rest.MostTime, time);
        for (var hasMore = true; ; hasMore = rest.WriteNext(query.Reply))
        {
            var length = Finish(query.Reply, path);
            if (!hasMore)
            {
                path.Send(length);
                return true;
            }

            if (!await path.SendPartAsync(length, patience.Token).ConfigureAwait(false))
            {
                return false;
            }
        }
    }

    private static int Finish(Reply reply, ReplyPath path) =>
        reply.Finish(path.GetBuffer(reply.FinishedLength), MessageHeader.MaxMessageSize);
}
