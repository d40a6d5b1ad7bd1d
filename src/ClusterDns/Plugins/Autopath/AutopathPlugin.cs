using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
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
        if (IsMissing(result, query) && !lookup.Decision.IsFinal)
        {
            return lookup.HasFirst ? AskFrom(query, lookup, 1) : new ValueTask<ServeResult>(result);
        }

        Conclude(query, lookup, 0, result);
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
                return new ValueTask<ServeResult>(Finish(query, other, lookup, step, pending.Result));
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
            return Finish(query, other, lookup, step, result);
        }

        queries.Return(other);
        return await AskFrom(query, lookup, step + 1).ConfigureAwait(false);
    }

    // The client gets the reply to its own question, and walks its list itself should it want to.
    private ValueTask<ServeResult> AllMissing(Query query, in Lookup lookup) =>
        lookup.Decision.Step == 0
            ? new ValueTask<ServeResult>(ServeResult.Answered)
            : AskFirst(query, lookup with { Decision = default, HasFirst = false });

    private ServeResult Finish(Query query, Query other, in Lookup lookup, int step, ServeResult result)
    {
        if (result.Outcome == ServeOutcome.Answered)
        {
            result = Write(query, other);
            Conclude(query, lookup, step, result);
        }
        else
        {
            AliasedReply.TakeFacts(query, other);
        }

        queries.Return(other);
        return result;
    }

    /// <summary>Keeps the step for the other queries of the lookup. What failed decides nothing.</summary>
    private void Conclude(Query query, in Lookup lookup, int step, ServeResult result)
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
        else if (!lookup.Decision.IsFinal && query.Reply.Code == ResponseCode.NoError)
        {
            memory.Put(lookup.Key, query.Type, new Decision(step, IsFinal: true));
        }

        metrics.Count(query.ServerLabel);
    }

    private ServeResult Write(Query query, Query other)
    {
        Span<byte> target = stackalloc byte[WireName.MaxLength];
        if (!TryFindTarget(query, other.Reply, target, out var length, out var timeToLive))
        {
            AliasedReply.TakeFacts(query, other);
            return query.Fail(
                ResponseCode.ServerFailure,
                $"autopath: {WireName.ToText(other.NameAsSent)} is an alias of {WireName.ToText(query.NameAsSent)}");
        }

        AliasedReply.Write(query, other, target[..length], timeToLive);
        return ServeResult.Answered;
    }

    /// <summary>
    /// The owner of the first answer that is not the client's own, and its TTL; none without such an answer. False if a
    /// CNAME among the answers leads back to the client's name: together with one from there they would go round.
    /// </summary>
    private static bool TryFindTarget(Query query, Reply reply, Span<byte> target, out int length, out uint timeToLive)
    {
        (length, timeToLive) = (0, 0);
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            var position = record.Offset;
            if (length == 0
                && NameReader.TryRead(reply.Message, ref position, name, out var read)
                && !WireName.EqualsIgnoreCase(name[..read], query.NameAsSent))
            {
                name[..read].CopyTo(target);
                (length, timeToLive) = (read, record.TimeToLive);
            }

            position = record.DataOffset;
            if (record.Type == RecordType.CNAME
                && NameReader.TryRead(reply.Message, ref position, name, out read)
                && WireName.EqualsIgnoreCase(name[..read], query.NameAsSent))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMissing(ServeResult result, Query query) =>
        result.Outcome == ServeOutcome.Answered && query.Reply.Code == ResponseCode.NameError;

    private bool TryRent(Query query, in SearchWalk walk, int step, out Query other)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        other = queries.Rent();
        if (walk.TryWrite(query, step, name, out var length)
            && other.RenameInPlaceOf(query, name[..length]) == QueryVerdict.Accepted)
        {
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
