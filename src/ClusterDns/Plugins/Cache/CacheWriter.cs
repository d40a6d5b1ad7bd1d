using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>Decides how long a reply is good, gives its records that TTL, and keeps it.</summary>
internal sealed class CacheWriter(CacheOptions options, CacheStore store, CacheClock clock)
{
    private readonly uint _serverFailure = (uint)options.ServerFailure.TotalSeconds;
    private readonly TimeSpan _staleFor = options.Stale?.For ?? TimeSpan.Zero;

    /// <summary>
    /// Clamps the TTLs of a reply, and keeps it if it is of a kind that is kept. False when it is one but found no place.
    /// </summary>
    /// <param name="query">The query with its reply.</param>
    /// <param name="isKept">False for a reply that is clamped only.</param>
    /// <param name="judgement">What the reply says.</param>
    public bool Take(Query query, bool isKept, out ReplyJudgement judgement)
    {
        judgement = ReplyJudgement.Of(query, clock);
        var timeToLive = TimeToLiveOf(judgement);
        if (judgement.Highest != timeToLive || judgement.Lowest != timeToLive)
        {
            SetTimeToLive(query.Reply, timeToLive);
        }

        if (!isKept || query.Reply.IsTruncated || judgement.Kind == ReplyKind.Other)
        {
            return true;
        }

        return timeToLive == 0 || Keep(query, judgement, timeToLive);
    }

    /// <summary>
    /// Whether a reply that came for an entry says more about the data than the entry does. What says so and is not kept
    /// itself makes the entry untrue.
    /// </summary>
    public bool Supersedes(Query query, in ReplyJudgement judgement, CacheEntry entry)
    {
        var reply = query.Reply;
        if (reply.IsTruncated
            || reply.Code is not (ResponseCode.NoError or ResponseCode.NameError)
            || (judgement.Kind == ReplyKind.Other && reply.Code == ResponseCode.NoError)
            || (options.PrefersPositive && !entry.IsDenial && IsDenial(judgement, reply)))
        {
            return false;
        }

        var key = new CacheKey(query, store.Seed);
        if (store.Success.Find(key) == entry)
        {
            store.Success.Remove(key);
        }
        else if (store.Denial.Find(key) == entry)
        {
            store.Denial.Remove(key);
        }

        return true;
    }

    private static bool IsDenial(in ReplyJudgement judgement, Reply reply) =>
        judgement.IsNegative || reply.Code == ResponseCode.NameError;

    private uint TimeToLiveOf(in ReplyJudgement judgement) => judgement.Kind switch
    {
        ReplyKind.NameError or ReplyKind.NoData => options.Denial.Clamp(judgement.GoodFor),
        ReplyKind.ServerError => _serverFailure,
        _ => options.Success.Clamp(judgement.GoodFor),
    };

    private static void SetTimeToLive(Reply reply, uint seconds)
    {
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            reply.SetTimeToLive(record, seconds);
        }
    }

    private bool Keep(Query query, in ReplyJudgement judgement, uint timeToLive)
    {
        var isDenial = judgement.IsNegative || judgement.Kind == ReplyKind.ServerError;
        if (IsDisabled(isDenial ? options.DenialDisabled : options.SuccessDisabled, query.Name))
        {
            return true;
        }

        var key = new CacheKey(query, store.Seed);
        var now = clock.Now;
        if (isDenial && IsHeldBack(key, judgement, now))
        {
            return true;
        }

        // A failure that is over says nothing any more (RFC 8767, 4): it is never served stale.
        var freshUntil = now + (timeToLive * clock.Second);
        var usableUntil = judgement.Kind == ReplyKind.ServerError ? freshUntil : freshUntil + clock.Ticks(_staleFor);
        var entry = CacheEntry.Of(key, query.Reply, isDenial, timeToLive, freshUntil, usableUntil);
        var (table, other) = isDenial ? (store.Denial, store.Success) : (store.Success, store.Denial);
        InheritPopularity(entry, table.Find(key) ?? other.Find(key));
        if (!table.TryAdd(entry))
        {
            return false;
        }

        // The latest word is the only one, or an old denial would hide a new answer.
        other.Remove(key);
        return true;
    }

    /// <summary>Whether something that may still be served is worth more than a failure, or by policy than a denial.</summary>
    private bool IsHeldBack(in CacheKey key, in ReplyJudgement judgement, long now)
    {
        if (store.Success.Find(key) is { } success && now < success.UsableUntil)
        {
            return judgement.Kind == ReplyKind.ServerError || options.PrefersPositive;
        }

        return judgement.Kind == ReplyKind.ServerError
            && store.Denial.Find(key) is { Code: ResponseCode.NoError or ResponseCode.NameError } denial
            && now < denial.UsableUntil;
    }

    // Prefetching goes on for a name that is asked for all the time.
    private static void InheritPopularity(CacheEntry entry, CacheEntry? old)
    {
        if (old is not null)
        {
            entry.Hits = old.Hits;
            entry.LastHit = old.LastHit;
        }
    }

    private static bool IsDisabled(IReadOnlyList<DnsName> zones, QuestionName name)
    {
        for (var i = 0; i < zones.Count; i++)
        {
            if (name.IsAtOrBelow(zones[i]))
            {
                return true;
            }
        }

        return false;
    }
}
