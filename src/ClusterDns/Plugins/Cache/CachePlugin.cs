using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// Answers again what the rest of the chain has answered before, until its TTL is over. A hit is a look at one or two
/// hash tables and a copy; whatever is not one goes on down the chain and has its TTLs clamped on the way back.
/// </summary>
internal sealed class CachePlugin : Plugin
{
    private readonly CacheOptions _options;
    private readonly CacheClock _clock;
    private readonly SeriesByReference<string, CacheSeries> _series;
    private readonly CacheRefresher _refresher;
    private readonly TimeProvider _time;
    private readonly DnsName[] _zones;
    private readonly long _prefetchGap;
    private DnsName[] _liveZones = [];
    private CacheWriter _writer = null!;
    private CacheStore _store = null!;

    public CachePlugin(CacheOptions options, ServerServices services, ILogger logger)
    {
        _options = options;
        _time = services.Time;
        _clock = new CacheClock(services.Time);
        _zones = [.. options.Zones];
        ZonesLabel = string.Join(',', options.Zones);
        _series = new((server, zones) => services.Caches.Metrics.SeriesOf(server, zones, View));
        _prefetchGap = _clock.Ticks(options.Prefetch.Gap);
        _refresher = new CacheRefresher(
            services, _clock, options.Stale?.Recheck ?? TimeSpan.Zero, TakeRefresh, logger);
    }

    public override string Name => "cache";

    /// <summary>Whether clients with EDNS are told that a reply is stale.</summary>
    public bool HasExtendedErrors { get; init; } = true;

    /// <summary>The name of the block's view; empty without one.</summary>
    public string View { get; init; } = "";

    /// <summary>The value of the label <c>zones</c>.</summary>
    public string ZonesLabel { get; }

    /// <summary>Gives the plugin its store and the zones that it need not look for there; before the first query.</summary>
    public void Open(CacheStore store, IEnumerable<DnsName> liveZones)
    {
        _store = store;
        _writer = new CacheWriter(_options, store, _clock);
        _liveZones = [.. liveZones];
    }

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (!IsBelowAny(_zones, query.Name))
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var tally = TallyOf(query);
        tally.Count(CacheCount.Requests);
        var isLive = query.Class == RecordClass.IN && IsBelowAny(_liveZones, query.Name);
        var now = query.StartTimestamp;
        if (isLive || Find(query, now, tally) is not { } entry)
        {
            tally.Count(CacheCount.Misses);
            return AskAsync(query, isLive);
        }

        query.Trace?.Add(new CacheStep(
            entry.Code,
            TimeSpan.FromSeconds(entry.TimeToLive),
            TimeSpan.FromSeconds((double)(entry.FreshUntil - now) / _clock.Second)));
        if (now < entry.FreshUntil)
        {
            return ServeFresh(query, entry, now, tally);
        }

        if (_options.Stale is { Verifies: true } verified)
        {
            return VerifyAsync(query, entry, verified);
        }

        StartRefresh(query, entry, tally);
        return ServeStale(query, entry, tally);
    }

    /// <summary>The calling thread's counters for the query's listener.</summary>
    private CacheTally TallyOf(Query query) => _series.Of(query.ServerLabel, ZonesLabel).Tally;

    private ValueTask<ServeResult> ServeFresh(Query query, CacheEntry entry, long now, CacheTally tally)
    {
        var remaining = entry.Remaining(now, _clock.Second);
        var prefetch = _options.Prefetch;
        if (prefetch.Amount > 0 && IsPopular(entry, now) && remaining <= prefetch.Threshold(entry.TimeToLive))
        {
            StartRefresh(query, entry, tally);
        }

        return TryServe(query, entry, _options.KeepsTimeToLive ? entry.TimeToLive : remaining)
            ? new ValueTask<ServeResult>(ServeResult.Answered)
            : AskAsync(query, isLive: false);
    }

    private ValueTask<ServeResult> ServeStale(Query query, CacheEntry entry, CacheTally tally)
    {
        if (!TryServe(query, entry, _options.Stale?.TimeToLive ?? 0))
        {
            return AskAsync(query, isLive: false);
        }

        tally.Count(CacheCount.ServedStale);
        if (HasExtendedErrors)
        {
            query.Reply.AddOption(EdnsOption.ExtendedError, ExtendedErrors.StaleFor(entry.Code));
        }

        return new ValueTask<ServeResult>(ServeResult.Answered);
    }

    private async ValueTask<ServeResult> VerifyAsync(Query query, CacheEntry entry, StaleOptions stale)
    {
        if (_refresher.Start(entry, query, Next) is { } refresh)
        {
            await WaitAsync(refresh, stale.Timeout).ConfigureAwait(false);
            if (refresh.IsCompletedSuccessfully && refresh.Result)
            {
                return await ServeRefreshedAsync(query).ConfigureAwait(false);
            }
        }

        return await ServeStale(query, entry, TallyOf(query)).ConfigureAwait(false);
    }

    private async Task WaitAsync(Task refresh, TimeSpan timeout)
    {
        if (timeout > TimeSpan.Zero)
        {
            refresh = refresh.WaitAsync(timeout, _time);
        }

        await refresh.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // The reply went to the store. When it is none that is kept, it is asked for once more.
    private ValueTask<ServeResult> ServeRefreshedAsync(Query query)
    {
        var now = _clock.Now;
        return FindUsable(query, now) is { } entry && now < entry.FreshUntil
            && TryServe(query, entry, _options.KeepsTimeToLive ? entry.TimeToLive : entry.Remaining(now, _clock.Second))
                ? new ValueTask<ServeResult>(ServeResult.Answered)
                : AskAsync(query, isLive: false);
    }

    private ValueTask<ServeResult> AskAsync(Query query, bool isLive)
    {
        var pending = Next.ServeAsync(query);
        return pending.IsCompletedSuccessfully
            ? new ValueTask<ServeResult>(Take(query, pending.Result, isLive))
            : AwaitAsync(query, pending, isLive);
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, ValueTask<ServeResult> pending, bool isLive) =>
        Take(query, await pending.ConfigureAwait(false), isLive);

    private ServeResult Take(Query query, ServeResult result, bool isLive)
    {
        if (result.Outcome != ServeOutcome.Answered || query.Type is RecordType.AXFR or RecordType.IXFR)
        {
            return result;
        }

        var isKept = !isLive && !query.IsLive;
        if (!_writer.Take(query, isKept, out _))
        {
            TallyOf(query).Count(CacheCount.Drops);
        }

        query.Reply.IsAuthenticData &= AuthenticData.IsAskedBy(query);
        return result;
    }

    /// <summary>Keeps what a refresh brought; whether it stands for the entry now.</summary>
    private bool TakeRefresh(Query query, ServeResult result, CacheEntry entry)
    {
        if (result.Outcome != ServeOutcome.Answered)
        {
            return false;
        }

        var isKept = _writer.Take(query, isKept: !query.IsLive, out var judgement);
        if (!isKept)
        {
            TallyOf(query).Count(CacheCount.Drops);
        }

        return _writer.Supersedes(query, judgement, entry);
    }

    private void StartRefresh(Query query, CacheEntry entry, CacheTally tally)
    {
        var last = Volatile.Read(ref entry.Refresh);
        var started = _refresher.Start(entry, query, Next);
        if (started is not null && started != last)
        {
            tally.Count(CacheCount.Prefetches);
        }
    }

    private bool TryServe(Query query, CacheEntry entry, uint timeToLive)
    {
        if (!entry.TryWriteTo(query, timeToLive))
        {
            return false;
        }

        entry.CountUse();
        query.AnsweredBy = Name;
        return true;
    }

    private bool IsPopular(CacheEntry entry, long now)
    {
        var hits = now - entry.LastHit < _prefetchGap ? entry.Hits + 1 : 1;
        entry.Hits = hits;
        entry.LastHit = now;
        return hits >= _options.Prefetch.Amount;
    }

    private CacheEntry? Find(Query query, long now, CacheTally tally)
    {
        var entry = FindUsable(query, now);
        if (entry is not null)
        {
            tally.Count(entry.IsDenial ? CacheCount.DenialHits : CacheCount.SuccessHits);
        }

        return entry;
    }

    private CacheEntry? FindUsable(Query query, long now)
    {
        var key = new CacheKey(query, _store.Seed);
        var (first, second) = _options.PrefersPositive
            ? (_store.Success, _store.Denial)
            : (_store.Denial, _store.Success);
        return Usable(first.Find(key), now) ?? Usable(second.Find(key), now);
    }

    private static CacheEntry? Usable(CacheEntry? entry, long now) =>
        entry is not null && now < entry.UsableUntil ? entry : null;

    private static bool IsBelowAny(DnsName[] zones, QuestionName name)
    {
        foreach (var zone in zones)
        {
            if (name.IsAtOrBelow(zone))
            {
                return true;
            }
        }

        return false;
    }
}
