namespace ClusterDns.Serving;

/// <summary>A plugin that lets the rest of the chain answer and then looks at the reply.</summary>
internal abstract class ReplyPlugin : Plugin
{
    public sealed override ValueTask<ServeResult> ServeAsync(Query query)
    {
        var pending = Next.ServeAsync(query);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(After(query, pending.Result))
            : AwaitAsync(query, pending);
    }

    /// <summary>Looks at, counts or changes what the chain gave, and says what goes further out.</summary>
    protected abstract ServeResult After(Query query, ServeResult result);

    private async ValueTask<ServeResult> AwaitAsync(Query query, ValueTask<ServeResult> pending) =>
        After(query, await pending.ConfigureAwait(false));
}
