using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>
/// Walks a client's search list on its behalf: a query under the first element is answered with what the first element
/// gives under which the name exists.
/// </summary>
internal sealed class AutopathPlugin(
    ZoneList zones, QueryPool queries, DecisionMemory memory, AutopathMetrics metrics) : Plugin
{
    private ISearchList? _search;

    public override string Name => "autopath";

    /// <summary>Begins to walk this list; until then, and without one, every query goes on as it is.</summary>
    public void Use(ISearchList search) => Volatile.Write(ref _search, search);

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Class != RecordClass.IN || zones.Find(query.Name) is null || Volatile.Read(ref _search) is not { } search)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var match = search.Find(query, out var walk);
        if (match == SearchMatch.None)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var key = memory.KeyOf(query);
        if (!memory.TryTake(key, query.Type, out var decision))
        {
            decision = match == SearchMatch.First ? default : Decision.Plain;
            if (decision.IsPlain)
            {
                memory.Put(key, query.Type, decision);
            }
        }

        if (decision.IsPlain)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var lookup = new Lookup(key, walk, decision);
        return decision.Step == 0 ? AskFirst(query, lookup) : AskFrom(query, lookup, decision.Step);
    }

    private ValueTask<ServeResult> AskFirst(Query query, in Lookup lookup)
    {
        var pending = Next.ServeAsync(query);
        return pending.IsCompletedSuccessfully
            ? GoOnAfterFirst(query, lookup, pending.Result)
            : AwaitFirstAsync(query, lookup, pending);
    }

    private async ValueTask<ServeResult> AwaitFirstAsync(Query query, Lookup lookup, ValueTask<ServeResult> pending)
    {
        var result = await pending.ConfigureAwait(false);
        return await GoOnAfterFirst(query, lookup, result).ConfigureAwait(false);
    }

    private ValueTask<ServeResult> GoOnAfterFirst(Query query, in Lookup lookup, ServeResult result)
    {
        if (lookup.Decision.IsPlain)
        {
            return new ValueTask<ServeResult>(result);
        }

        if (IsMissing(result, query) && !lookup.Decision.IsFinal)
        {
            return lookup.HasFirst ? AskFrom(query, lookup, 1) : new ValueTask<ServeResult>(result);
        }

        if (Exists(result, query) && !TryKeep(query, lookup, 0, out var overtaking))
        {
            return Follow(query, lookup, overtaking);
        }

        Conclude(query, result);
        return new ValueTask<ServeResult>(result);
    }

    /// <summary>Asks step by step until the name exists; each of them is another query in this one's place.</summary>
    private ValueTask<ServeResult> AskFrom(Query query, in Lookup lookup, int first)
    {
        for (var step = first; step < lookup.Walk.Count; step++)
        {
            if (!TryRent(query, lookup.Walk, step, out var other))
            {
                continue;
            }

            // A plugin that throws keeps the query: it may have handed it to something that is still under way.
            var pending = Next.ServeAsync(other);
            if (!pending.IsCompletedSuccessfully)
            {
                return AwaitStepAsync(query, other, lookup, step, pending);
            }

            if (lookup.Decision.IsFinal || !IsMissing(pending.Result, other))
            {
                return Finish(query, other, lookup, step, pending.Result);
            }

            queries.Return(other);
        }

        return AllMissing(query, lookup);
    }

    private async ValueTask<ServeResult> AwaitStepAsync(
        Query query, Query other, Lookup lookup, int step, ValueTask<ServeResult> pending)
    {
        // The other queries of this lookup may arrive now: what is known so far is not looked up anew.
        if (!lookup.Decision.IsFinal)
        {
            memory.Put(lookup.Key, query.Type, new Decision(step, IsFinal: false));
        }

        var result = await pending.ConfigureAwait(false);
        if (lookup.Decision.IsFinal || !IsMissing(result, other))
        {
            return await Finish(query, other, lookup, step, result).ConfigureAwait(false);
        }

        queries.Return(other);
        return await AskFrom(query, lookup, step + 1).ConfigureAwait(false);
    }

    // The client gets the reply to its own question, and walks its list itself should it want to.
    private ValueTask<ServeResult> AllMissing(Query query, in Lookup lookup)
    {
        if (lookup.Decision.Step > 0)
        {
            return AskFirst(query, lookup with { Decision = default, HasFirst = false });
        }

        return memory.TryTake(lookup.Key, query.Type, out var overtaking) && overtaking.IsFinal
            ? Follow(query, lookup, overtaking)
            : new ValueTask<ServeResult>(ServeResult.Answered);
    }

    private ValueTask<ServeResult> Finish(Query query, Query other, in Lookup lookup, int step, ServeResult result)
    {
        if (Exists(result, other) && !TryKeep(query, lookup, step, out var overtaking))
        {
            queries.Return(other);
            return Follow(query, lookup, overtaking);
        }

        if (result.Outcome == ServeOutcome.Answered)
        {
            result = Write(query, other);
            Conclude(query, result);
        }
        else
        {
            AliasedReply.TakeFacts(query, other);
        }

        queries.Return(other);
        return new ValueTask<ServeResult>(result);
    }

    /// <summary>
    /// Keeps the step for the other queries of the lookup. False if one of them, answered at the same time by another
    /// thread, has come to another step first.
    /// </summary>
    private bool TryKeep(Query query, in Lookup lookup, int step, out Decision overtaking)
    {
        overtaking = default;
        if (lookup.Decision.IsFinal)
        {
            return true;
        }

        overtaking = memory.Put(lookup.Key, query.Type, new Decision(step, IsFinal: true));
        return step == (overtaking.IsPlain ? 0 : overtaking.Step);
    }

    /// <summary>Answers from where another query of the lookup was answered; here the name was found elsewhere or nowhere.</summary>
    private ValueTask<ServeResult> Follow(Query query, in Lookup lookup, Decision decision)
    {
        if (decision is { IsPlain: false, Step: > 0 })
        {
            return AskFrom(query, lookup with { Decision = decision }, decision.Step);
        }

        query.Reply.Clear();
        return AskFirst(query, lookup with { Decision = decision });
    }

    private void Conclude(Query query, ServeResult result)
    {
        if (result.Outcome != ServeOutcome.Answered)
        {
            return;
        }

        if (query.Reply.Code == ResponseCode.NameError)
        {
            // The name was there a moment ago, for another type: it would be absurd to deny it now (RFC 8020).
            query.Reply.Code = ResponseCode.NoError;
        }

        metrics.Count(query.ServerLabel);
    }

    private ServeResult Write(Query query, Query other)
    {
        Span<byte> target = stackalloc byte[WireName.MaxLength];
        if (!AliasTarget.TryFind(query, other.Reply, target, out var length, out var timeToLive))
        {
            AliasedReply.TakeFacts(query, other);
            return query.Fail(
                ResponseCode.ServerFailure,
                $"autopath: {WireName.ToText(other.NameAsSent)} is an alias of {WireName.ToText(query.NameAsSent)}");
        }

        AliasedReply.Write(query, other, target[..length], timeToLive);
        return ServeResult.Answered;
    }

    private static bool IsMissing(ServeResult result, Query query) =>
        result.Outcome == ServeOutcome.Answered && query.Reply.Code == ResponseCode.NameError;

    // What a rule made up ends this walk, and says nothing to the other queries of the lookup.
    private static bool Exists(ServeResult result, Query query) =>
        result.Outcome == ServeOutcome.Answered && query.Reply.Code == ResponseCode.NoError && !query.IsByRule;

    private bool TryRent(Query query, in SearchWalk walk, int step, out Query other)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        other = queries.Rent();
        if (walk.TryWrite(query, step, name, out var length)
            && other.RenameInPlaceOf(query, name[..length]) == QueryVerdict.Accepted)
        {
            query.Trace?.Add(new QuestionStep(Name, WireName.ToText(other.NameAsSent), other.Type));
            return true;
        }

        queries.Return(other);
        return false;
    }

    /// <param name="Key">Where the memory keeps it.</param>
    /// <param name="Walk">The names.</param>
    /// <param name="Decision">Where to begin, and whether that is also the end.</param>
    /// <param name="HasFirst">Whether steps follow the first one.</param>
    private readonly record struct Lookup(ulong Key, SearchWalk Walk, Decision Decision, bool HasFirst = true);
}
