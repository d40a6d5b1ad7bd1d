using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// Asks the rest of the chain again for what is about to expire or has. One refresh for each entry, and a bounded number
/// in all; what goes wrong costs no client anything.
/// </summary>
internal sealed class CacheRefresher(
    ServerServices services,
    CacheClock clock,
    TimeSpan recheck,
    Func<Query, ServeResult, CacheEntry, bool> take,
    ILogger logger)
{
    private readonly long _recheck = clock.Ticks(recheck);
    private readonly LogInterval _lines = new(services.Time);
    private int _underWay;

    /// <summary>
    /// The refresh of an entry: the one under way, or a new one with a copy of <paramref name="cause"/>. Its result says
    /// whether the entry was replaced. Null when none may be started now.
    /// </summary>
    public Task<bool>? Start(CacheEntry entry, Query cause, PluginChain next)
    {
        var last = Volatile.Read(ref entry.Refresh);
        if (last is { IsCompleted: false })
        {
            return last;
        }

        if (clock.Now < Volatile.Read(ref entry.RetryAt) || !TryEnter())
        {
            return null;
        }

        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref entry.Refresh, turn.Task, last) != last)
        {
            Interlocked.Decrement(ref _underWay);
            return Volatile.Read(ref entry.Refresh);
        }

        // The cause is the listener's and may be used again before the answer is here: its packet is copied.
        var query = services.Queries.Rent();
        if (query.ReadInPlaceOf(cause, cause.Packet) == QueryVerdict.Accepted)
        {
            query.LimitPayloadSize(cause.Edns.PayloadSize);

            // What comes of the refresh is no part of why the cause was answered as it was.
            query.Trace = null;
            _ = RunAsync(entry, query, next, turn);
        }
        else
        {
            End(query, turn, isRefreshed: false);
        }

        return turn.Task;
    }

    private async Task RunAsync(CacheEntry entry, Query query, PluginChain next, TaskCompletionSource<bool> turn)
    {
        var isRefreshed = false;
        try
        {
            isRefreshed = take(query, await next.ServeAsync(query).ConfigureAwait(false), entry);
        }
        catch (Exception exception)
        {
            // Like the edge of a server block: any plugin may have a bug, which is counted, and nobody awaits this.
            services.Metrics.Panics.Inc();
            if (_lines.TryEnter(out var heldBack))
            {
                CacheLog.RefreshFailed(logger, WireName.ToText(query.NameAsSent), query.Type, heldBack, exception);
            }
        }

        if (!isRefreshed)
        {
            Volatile.Write(ref entry.RetryAt, clock.Now + _recheck);
        }

        End(query, turn, isRefreshed);
    }

    private void End(Query query, TaskCompletionSource<bool> turn, bool isRefreshed)
    {
        services.Queries.Return(query);
        Interlocked.Decrement(ref _underWay);
        turn.SetResult(isRefreshed);
    }

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= CacheLimits.MostRefreshes)
        {
            return true;
        }

        Interlocked.Decrement(ref _underWay);
        return false;
    }
}
