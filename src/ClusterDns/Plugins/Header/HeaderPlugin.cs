using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Header;

/// <summary>Sets and clears flags: of the query for the plugins behind this one, of the reply for the client.</summary>
internal sealed class HeaderPlugin(HeaderOptions options) : Plugin
{
    public override string Name => "header";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (!options.Query.IsEmpty)
        {
            var flags = options.Query.Apply(query.Flags);
            query.Trace?.Add(new HeaderStep(query.Flags, flags));
            query.ChangeFlags(flags);
        }

        if (options.Response.IsEmpty)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var pending = Next.ServeAsync(query);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(After(query, pending.Result))
            : AwaitAsync(query, pending);
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, ValueTask<ServeResult> pending) =>
        After(query, await pending.ConfigureAwait(false));

    // The server's own reply to a failure stays what it is.
    private ServeResult After(Query query, ServeResult result)
    {
        if (result.IsAnswered)
        {
            var reply = query.Reply;
            var change = options.Response;
            reply.IsAuthoritative = change.Apply(MessageHeader.AuthoritativeFlag, reply.IsAuthoritative);
            reply.IsRecursionAvailable = change.Apply(MessageHeader.RecursionAvailableFlag, reply.IsRecursionAvailable);
            reply.IsRecursionDesired = change.Apply(MessageHeader.RecursionDesiredFlag, reply.IsRecursionDesired);
        }

        return result;
    }
}
