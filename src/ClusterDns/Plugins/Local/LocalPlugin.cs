using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Local;

/// <summary>Answers what concerns nobody but the client's own machine, so that it goes nowhere else.</summary>
internal sealed class LocalPlugin(bool hasPrefix, LocalMetrics metrics, ILogger logger) : Plugin
{
    /// <summary>Seconds; a week.</summary>
    private const uint TimeToLive = 604_800;

    private static readonly DnsName Localhost = DnsName.Parse("localhost.");
    private static readonly DnsName LoopbackPointer = DnsName.Parse("1.0.0.127.in-addr.arpa.");
    private static readonly DnsName[] Zones =
    [
        Localhost, DnsName.Parse("0.in-addr.arpa."), DnsName.Parse("127.in-addr.arpa."), DnsName.Parse("255.in-addr.arpa."),
    ];

    public override string Name => "local";

    private static ReadOnlySpan<byte> Root => "\x04root"u8;

    private static ReadOnlySpan<byte> LoopbackIPv4 => [127, 0, 0, 1];

    private static ReadOnlySpan<byte> LoopbackIPv6 => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    public override ValueTask<ServeResult> ServeAsync(Query query) => new(Serve(query));

    private ServeResult Serve(Query query)
    {
        var name = query.Name;
        if (query.Class != RecordClass.IN)
        {
            return ServeResult.Declined;
        }

        // Longer than localhost itself: below it (RFC 6761, 6.3), or a search list's work, localhost.example.org.
        if (name.LabelCount > 1 && (name.IsAtOrBelow(Localhost) || (hasPrefix && name.Label(0).SequenceEqual("localhost"u8))))
        {
            query.Trace?.Add(new LocalStep(name.IsAtOrBelow(Localhost) ? Localhost : null));
            metrics.LocalhostQueries.Inc();
            if (logger.IsEnabled(LogLevel.Debug))
            {
                LocalLog.Intercepted(logger, WireName.ToText(name.Wire), query.Type, query.Client);
            }

            query.Reply.Clear();
            if (!TryAddLoopback(query))
            {
                AddStartOfAuthority(query, Section.Authority, 0);
            }

            return Done(query);
        }

        foreach (var zone in Zones)
        {
            if (name.IsAtOrBelow(zone))
            {
                query.Trace?.Add(new LocalStep(zone));
                Answer(query, zone);
                return Done(query);
            }
        }

        return ServeResult.Declined;
    }

    private static void Answer(Query query, DnsName zone)
    {
        var reply = query.Reply;
        reply.Clear();
        var zoneOffset = query.Name.OffsetOf(query.Name.LabelCount - zone.LabelCount);
        if (query.Name.LabelCount == zone.LabelCount)
        {
            AnswerApex(query, zone);
            return;
        }

        if (!query.Name.Wire.SequenceEqual(LoopbackPointer.Wire))
        {
            reply.Code = ResponseCode.NameError;
        }
        else if (query.Type == RecordType.PTR)
        {
            reply.AddName(Section.Answer, NameParts.Question, RecordType.PTR, TimeToLive, NameParts.Whole(Localhost.Wire));
            return;
        }

        AddStartOfAuthority(query, Section.Authority, zoneOffset);
    }

    private static void AnswerApex(Query query, DnsName zone)
    {
        switch (query.Type)
        {
            case RecordType.SOA:
                AddStartOfAuthority(query, Section.Answer, 0);
                break;
            case RecordType.NS:
                query.Reply.AddName(
                    Section.Answer, NameParts.Question, RecordType.NS, TimeToLive, NameParts.Whole(Localhost.Wire));
                break;
            default:
                if (!ReferenceEquals(zone, Localhost) || !TryAddLoopback(query))
                {
                    AddStartOfAuthority(query, Section.Authority, 0);
                }

                break;
        }
    }

    private static bool TryAddLoopback(Query query)
    {
        if (query.Type is not (RecordType.A or RecordType.AAAA))
        {
            return false;
        }

        var address = query.Type == RecordType.A ? LoopbackIPv4 : LoopbackIPv6;
        return query.Reply.AddAddress(Section.Answer, NameParts.Question, TimeToLive, address);
    }

    private static void AddStartOfAuthority(Query query, Section section, int zoneOffset) =>
        query.Reply.AddStartOfAuthority(
            section,
            NameParts.FromQuestion(zoneOffset),
            TimeToLive,
            NameParts.Whole(Localhost.Wire),
            NameParts.Before(Root, Localhost.Wire),
            new SoaTimes(Serial: 1, Refresh: 0, Retry: 0, Expire: 0, Minimum: TimeToLive));

    private ServeResult Done(Query query)
    {
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }
}
