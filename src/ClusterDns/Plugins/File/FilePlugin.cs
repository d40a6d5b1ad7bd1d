using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Answers out of zone files, with authority; from memory as long as no alias leads out of the zone.</summary>
internal sealed class FilePlugin(IReadOnlyList<ZoneFile> files, ZoneList fallthrough, OutsideLookup outside)
    : Plugin, ITransferableZones
{
    private readonly ZoneFile[] _longestFirst = [.. files.OrderByDescending(file => file.Zone.LabelCount)];

    public override string Name => "file";

    /// <summary>The files, the one for the longest zone first.</summary>
    public IReadOnlyList<ZoneFile> Files => _longestFirst;

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Class != RecordClass.IN)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        if (Find(query.Name) is not { } file)
        {
            // Where nobody else is left to ask, a server with authority for other zones refuses.
            return new ValueTask<ServeResult>(Next.IsEnd ? ServeResult.Failed(ResponseCode.Refused) : ServeResult.Declined);
        }

        if (query.Type is RecordType.AXFR or RecordType.IXFR)
        {
            return new ValueTask<ServeResult>(ServeResult.Failed(ResponseCode.Refused));
        }

        // One zone for the whole answer, whatever a reload does meanwhile.
        if (file.Current is not { } zone)
        {
            Tell(query, file, FileOutcome.NotLoaded);
            return new ValueTask<ServeResult>(query.Fail(ResponseCode.ServerFailure, file.NotLoaded));
        }

        return Serve(query, file, zone);
    }

    public IEnumerable<DnsName> TransferableZones => _longestFirst.Select(file => file.Zone);

    public IZoneContents? Open(DnsName zone, Query query) =>
        _longestFirst.First(file => file.Zone.Equals(zone)).Current is { } current ? new FileZoneWalk(current) : null;

    private ZoneFile? Find(QuestionName name)
    {
        foreach (var file in _longestFirst)
        {
            if (name.IsAtOrBelow(file.Zone))
            {
                return file;
            }
        }

        return null;
    }

    private ValueTask<ServeResult> Serve(Query query, ZoneFile file, FileZone zone)
    {
        var match = ZoneMatch.Find(zone, query.Name, query.Type);
        var writer = new ZoneWriter(zone, query);
        switch (match.Kind)
        {
            case ZoneMatchKind.NameError:
                Tell(query, file, FileOutcome.NameError);
                if (FallsThrough(query))
                {
                    return new ValueTask<ServeResult>(ServeResult.Declined);
                }

                ZoneDenials.WriteNameError(writer, match);
                return new ValueTask<ServeResult>(Answered(query));
            case ZoneMatchKind.Delegation:
                Tell(query, file, FileOutcome.Referral);
                ZoneTargets.WriteReferral(writer, match.Node);
                return new ValueTask<ServeResult>(Answered(query, isAuthoritative: false));
            case ZoneMatchKind.Redirection:
                return ServeRedirected(writer, file, match.Node);
            default:
                return ServeNode(writer, file, match);
        }
    }

    private ValueTask<ServeResult> ServeNode(in ZoneWriter writer, ZoneFile file, in ZoneMatch match)
    {
        var query = writer.Query;
        var zone = writer.Zone;
        var alias = zone.Find(match.Node, RecordType.CNAME);
        if (!alias.IsEmpty && query.Type is not (RecordType.CNAME or RecordType.RRSIG or RecordType.NSEC))
        {
            writer.Write(Section.Answer, NameParts.Question, match.Node, RecordType.CNAME);
            return Follow(writer, file, match, zone.DataOf(zone.RecordsOf(alias)[0]));
        }

        if (!writer.Write(Section.Answer, NameParts.Question, match.Node, query.Type))
        {
            Tell(query, file, FileOutcome.NoData);
            ZoneDenials.WriteNoData(writer, match);
            return new ValueTask<ServeResult>(Answered(query));
        }

        Tell(query, file, FileOutcome.Answered);
        if (match.Node == FileZone.Apex && query.Type == RecordType.NS)
        {
            ZoneTargets.WriteServers(writer, match.Node);
            return new ValueTask<ServeResult>(Answered(query));
        }

        writer.WriteNameServers();
        if (match.Kind == ZoneMatchKind.Wildcard)
        {
            ZoneDenials.WriteForWildcard(writer);
        }
        else
        {
            ZoneTargets.WriteAdditional(writer, match.Node, query.Type);
        }

        return new ValueTask<ServeResult>(Answered(query));
    }

    // RFC 6672, 3.2: the DNAME, and a CNAME made from it that any client understands.
    private ValueTask<ServeResult> ServeRedirected(in ZoneWriter writer, ZoneFile file, int node)
    {
        var query = writer.Query;
        var zone = writer.Zone;
        var record = zone.RecordsOf(zone.Find(node, RecordType.DNAME))[0];
        var labels = query.Name.Wire[..^zone.NameOf(node).Length];
        var end = zone.DataOf(record);
        writer.Write(Section.Answer, writer.Enclosing(node), node, RecordType.DNAME);
        if (labels.Length + end.Length > WireName.MaxLength)
        {
            Tell(query, file, FileOutcome.Answered);
            query.Reply.Code = ResponseCode.YXDomain;
            return new ValueTask<ServeResult>(Answered(query));
        }

        Span<byte> target = stackalloc byte[labels.Length + end.Length];
        labels.CopyTo(target);
        end.CopyTo(target[labels.Length..]);
        query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, record.TimeToLive, NameParts.Whole(target));
        if (query.Type == RecordType.CNAME)
        {
            Tell(query, file, FileOutcome.Answered);
            writer.WriteNameServers();
            return new ValueTask<ServeResult>(Answered(query));
        }

        return Follow(writer, file, new ZoneMatch(ZoneMatchKind.Redirection, node, node), target);
    }

    private ValueTask<ServeResult> Follow(in ZoneWriter writer, ZoneFile file, in ZoneMatch match, ReadOnlySpan<byte> target)
    {
        var query = writer.Query;
        var start = match.Kind == ZoneMatchKind.Exact ? match.Node : FileZone.None;
        if (ZoneAliases.Follow(writer, start, target) is { } other)
        {
            Tell(query, file, FileOutcome.LeadsOut);
            return FollowAsync(query, writer.Zone, match, other);
        }

        Tell(query, file, FileOutcome.Answered);
        return new ValueTask<ServeResult>(End(writer, match));
    }

    // RFC 6604, 3: the rcode is that of the name at the end.
    private async ValueTask<ServeResult> FollowAsync(Query query, FileZone zone, ZoneMatch match, byte[] target)
    {
        var code = await outside.AddAnswersAsync(query, target, query.Type, Section.Answer).ConfigureAwait(false);
        if (code == ResponseCode.NameError && FallsThrough(query))
        {
            query.Reply.Clear();
            query.IsLive = false;
            return ServeResult.Declined;
        }

        query.Reply.Code = code switch
        {
            ResponseCode.NameError => ResponseCode.NameError,
            null or ResponseCode.ServerFailure => ResponseCode.ServerFailure,
            _ => ResponseCode.NoError,
        };
        return End(new ZoneWriter(zone, query), match);
    }

    private ServeResult End(in ZoneWriter writer, in ZoneMatch match)
    {
        writer.WriteNameServers();
        if (match.Kind == ZoneMatchKind.Wildcard)
        {
            ZoneDenials.WriteForWildcard(writer);
        }

        return Answered(writer.Query);
    }

    private bool FallsThrough(Query query) => fallthrough.Find(query.Name) is not null;

    private void Tell(Query query, ZoneFile file, FileOutcome outcome) =>
        query.Trace?.Add(new FileStep(file.Path, file.Zone, outcome, outcome == FileOutcome.NameError && FallsThrough(query)));

    private ServeResult Answered(Query query, bool isAuthoritative = true)
    {
        query.Reply.IsAuthoritative = isAuthoritative;
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }
}
