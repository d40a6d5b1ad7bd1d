using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cancel;

/// <summary>
/// Gives a query SERVFAIL when the chain takes too long over it. What the chain is waiting for cannot be called off, so
/// it works on a copy of the query: that one goes on, within the bounds of whoever waits, and its late answer is for
/// nobody.
/// </summary>
internal sealed class CancelPlugin(TimeSpan timeout, ServerServices services, ILogger logger) : Plugin
{
    private readonly string _reason = $"no answer within {GoDuration.Format(timeout)}";
    private readonly LogInterval _lines = new(services.Time);

    public override string Name => "cancel";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        var guarded = services.Queries.Rent();
        if (guarded.ReadInPlaceOf(query, query.Packet) != QueryVerdict.Accepted)
        {
            services.Queries.Return(guarded);
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        // An answer from memory needs no timer, and gets none.
        var pending = Next.ServeAsync(guarded);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(Finish(query, guarded, pending.Result))
            : AwaitAsync(query, guarded, pending.AsTask());
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, Query guarded, Task<ServeResult> pending)
    {
        Task work = pending;
        await work.WaitAsync(timeout, services.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pending.IsCompleted)
        {
            return Finish(query, guarded, await pending.ConfigureAwait(false));
        }

        _ = AbandonAsync(guarded, work);
        if (_lines.TryEnter(out var others))
        {
            var name = WireName.ToText(query.Name.Wire);
            CancelLog.TimedOut(logger, (int)ResponseCode.ServerFailure, name, Mnemonic.Of(query.Type), _reason, others);
        }

        query.Trace?.Add(new CancelStep(timeout));
        return query.Fail(ResponseCode.ServerFailure, _reason);
    }

    private ServeResult Finish(Query query, Query guarded, ServeResult result)
    {
        query.TakeAnswerOf(guarded);
        services.Queries.Return(guarded);
        return result;
    }

    private async Task AbandonAsync(Query guarded, Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsFaulted)
        {
            // Nobody else will hear of it.
            services.Metrics.Panics.Inc();
        }

        services.Queries.Return(guarded);
    }
}
