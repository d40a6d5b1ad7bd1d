using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Dns64;

/// <summary>Answers queries for AAAA out of A records where a name has no AAAA (RFC 6147, 5).</summary>
internal sealed class Dns64Plugin(Dns64Options options, ServerLookup lookup, Dns64Metrics metrics) : Plugin
{
    /// <summary>Longest TTL of a made-up record when no SOA says how long there are none (RFC 6147, 5.1.7), in seconds.</summary>
    private const uint LongestTimeToLive = 600;

    public override string Name => "dns64";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Type != RecordType.AAAA || query.Class != RecordClass.IN)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        if (query.Client.IsIPv4 && !options.AllowsIPv4)
        {
            Tell(query, Dns64Outcome.LeftToIPv4Client);
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var pending = Next.ServeAsync(query);
        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(query, pending);
        }

        return NeedsTranslation(query, pending.Result) ? TranslateAsync(query) : pending;
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, ValueTask<ServeResult> pending)
    {
        var result = await pending.ConfigureAwait(false);
        return NeedsTranslation(query, result) ? await TranslateAsync(query).ConfigureAwait(false) : result;
    }

    // Errors that somebody wrote as a reply count as empty (RFC 6147, 5.1.2); a failure of our own has no reply.
    private bool NeedsTranslation(Query query, ServeResult result) =>
        result.Outcome == ServeOutcome.Answered
        && query.Reply.Code != ResponseCode.NameError
        && (options.TranslatesAll || !HasAddress(query.Reply));

    private static bool HasAddress(Reply reply)
    {
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            if (record.Type == RecordType.AAAA)
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask<ServeResult> TranslateAsync(Query query)
    {
        var addresses = await lookup.AskAsync(query, query.NameAsSent.ToArray(), RecordType.A).ConfigureAwait(false);
        if (addresses is null)
        {
            Tell(query, Dns64Outcome.LookupFailed);
            return query.Fail(ResponseCode.ServerFailure, "dns64 could not look up the A records");
        }

        var mapped = Write(query, addresses);
        Tell(query, mapped > 0 ? Dns64Outcome.Translated : Dns64Outcome.NoAddress);
        lookup.Release(addresses);
        metrics.Count(query.ServerLabel);
        return ServeResult.Answered;
    }

    private void Tell(Query query, Dns64Outcome outcome) => query.Trace?.Add(new Dns64Step(outcome, options));

    /// <summary>Writes the reply and gives the number of addresses that were made.</summary>
    private int Write(Query query, Query addresses)
    {
        var mapped = 0;
        var reply = query.Reply;
        var mostSeconds = SecondsOfNone(reply);
        reply.Clear();
        var source = addresses.Reply;
        var records = source.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (record is { Section: Section.Answer, Type: RecordType.A })
            {
                mapped += AddMapped(reply, source, record, mostSeconds) ? 1 : 0;
            }
            else
            {
                // CNAMEs in front of the addresses and everything behind them stay (RFC 6147, 5.3.2 and 5.3.3).
                reply.AddCopy(record.Section, source.Message, record);
            }
        }

        reply.Code = source.Code;
        reply.IsAuthoritative = source.IsAuthoritative;
        reply.IsRecursionAvailable = source.IsRecursionAvailable;
        reply.IsTruncated |= source.IsTruncated;
        query.AnsweredBy = Name;
        query.Error = addresses.Error;
        query.Upstream = addresses.Upstream;
        query.IsLive = addresses.IsLive;
        return mapped;
    }

    private bool AddMapped(Reply reply, Reply source, in RecordView record, uint mostSeconds)
    {
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        Span<byte> mapped = stackalloc byte[Dns64Prefix.AddressSize];
        var position = record.Offset;
        var address = record.Data(source.Message);
        if (address.Length != 4 || !NameReader.TryRead(source.Message, ref position, owner, out var length))
        {
            return false;
        }

        options.Prefix.Map(address, mapped);
        var seconds = Math.Min(record.TimeToLive, mostSeconds);
        return reply.AddAddress(Section.Answer, NameParts.Whole(owner[..length]), seconds, mapped);
    }

    /// <summary>How long there will be no AAAA record, by the SOA of the reply that had none.</summary>
    private static uint SecondsOfNone(Reply reply)
    {
        var seconds = LongestTimeToLive;
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (record is { Section: Section.Authority, Type: RecordType.SOA })
            {
                seconds = record.TimeToLive;
            }
        }

        return seconds;
    }
}
