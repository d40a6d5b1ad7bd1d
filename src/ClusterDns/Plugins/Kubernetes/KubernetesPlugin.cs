using System.Runtime.CompilerServices;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Answers for the cluster's zones out of memory, by the Kubernetes DNS specification 1.1.0 and, where that is silent, as
/// CoreDNS does.
/// </summary>
internal sealed class KubernetesPlugin : Plugin, IMetadataSource, ITransferableZones
{
    /// <summary>Seconds for the addresses of NS records in a transfer, as CoreDNS sends them.</summary>
    private const uint ServerAddressTimeToLive = 0;

    private readonly KubernetesOptions _options;
    private readonly ClusterZone _zone;
    private readonly NameFinder _finder;
    private readonly ZoneAnswers _zoneAnswers;
    private readonly NameServerAnswers _nameServers;
    private readonly AddressAnswers _addresses;
    private readonly ServiceAnswers _services;
    private readonly PointerAnswers _pointers;
    private readonly AliasChain _aliases;
    private readonly OutsideLookup _outside;
    private readonly KubernetesMetadata _metadata;

    /// <param name="options">The directive.</param>
    /// <param name="zone">The cluster's names.</param>
    /// <param name="server">Follows ExternalName Services out of the cluster.</param>
    /// <param name="localAddresses">Addresses of this server, to find the Service that it is part of.</param>
    public KubernetesPlugin(
        KubernetesOptions options,
        ClusterZone zone,
        ServerLookup server,
        IReadOnlyList<NetworkAddress> localAddresses)
    {
        _options = options;
        _zone = zone;
        LocalAddresses = localAddresses;
        _finder = new NameFinder(options, zone);
        _zoneAnswers = new ZoneAnswers(options, zone);
        _nameServers = new NameServerAnswers(options, zone, localAddresses);
        _addresses = new AddressAnswers(options, _nameServers);
        _services = new ServiceAnswers(options);
        _pointers = new PointerAnswers(options, zone);
        _aliases = new AliasChain(options, _finder, _addresses);
        _outside = new OutsideLookup(server);
        _metadata = new KubernetesMetadata(options, zone);
    }

    public override string Name => "kubernetes";

    /// <summary>Whether clients with EDNS are told that names are not read yet, or old.</summary>
    public bool HasExtendedErrors { get; init; } = true;

    /// <summary>What another plugin of the block may know of this one, to name the cluster's objects in its own zones.</summary>
    public KubernetesOptions Options => _options;

    public ClusterZone Zone => _zone;

    /// <summary>Addresses of this server.</summary>
    public IReadOnlyList<NetworkAddress> LocalAddresses { get; }

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Class != RecordClass.IN || _options.Zones.Find(query.Name) is not { } zone)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var question = new ClusterQuestion(query, zone, _zone);
        switch (query.Type)
        {
            case RecordType.A or RecordType.AAAA:
                return ServeAddresses(question);
            case RecordType.AXFR or RecordType.IXFR:
                return new ValueTask<ServeResult>(ServeResult.Failed(ResponseCode.Refused));
            default:
                return new ValueTask<ServeResult>(Conclude(question, Answer(question)));
        }
    }

    /// <summary>
    /// The pod that sent the query, if it can be told: with <c>pods verified</c>, for an address that exactly one running
    /// pod has.
    /// </summary>
    public bool TryFindClient(Query query, out PodView pod) => _metadata.TryFindClient(query, out pod);

    /// <summary>The Service if it exists and the directive lets its namespace have names.</summary>
    /// <param name="parent">The namespace, in lower case, without length octet.</param>
    /// <param name="label">The Service, likewise.</param>
    public ServiceEntry? FindService(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> label) =>
        _options.Namespaces.Passes(parent) ? _zone.FindNamespace(parent)?.FindService(label) : null;

    // The names of a reverse zone are PTR records, which CoreDNS does not hand over either: what is left is no zone.
    public IEnumerable<DnsName> TransferableZones => _options.Zones.Where(zone => !ReverseName.IsReverseZone(zone));

    // A secondary server keeps what it has, rather than what an old snapshot or half a list makes of it.
    public IZoneContents? Open(DnsName zone, Query query) =>
        _zone.IsSynced && ApexRecords.Read(this, query, zone, ServerAddressTimeToLive) is { } apex
            ? new ClusterZoneWalk(apex, _zone, _options, zone)
            : null;

    public string? MetadataOf(Query query, string label) => _metadata.Find(query, label);

    /// <summary>Before the cluster is known nobody can say that a name is not there; a client with EDNS may be told so.</summary>
    public static void Deny(in ClusterQuestion question, bool isTold)
    {
        if (question.IsClusterKnown)
        {
            question.Reply.Code = ResponseCode.NameError;
            return;
        }

        question.Reply.Code = ResponseCode.ServerFailure;
        if (isTold)
        {
            question.Reply.AddOption(EdnsOption.ExtendedError, ExtendedErrors.Of(FailureReason.NotReady));
        }
    }

    private AnswerOutcome Answer(in ClusterQuestion question) => question.Type switch
    {
        RecordType.SRV => AnswerServices(question),
        RecordType.CNAME => AnswerAlias(question),
        RecordType.PTR => AnswerPointers(question),
        RecordType.TXT => AnswerText(question),
        RecordType.SOA => AnswerStartOfAuthority(question),

        // In any other spelling than the Corefile's, CoreDNS doesn't know its own apex here.
        RecordType.NS when question.IsApex && question.IsZoneInLowerCase => AnswerNameServers(question),
        _ => _finder.Find(question).Exists ? AnswerOutcome.NoData : AnswerOutcome.NameError,
    };

    private ValueTask<ServeResult> ServeAddresses(in ClusterQuestion question)
    {
        var target = _finder.Find(question);
        if (!target.Exists)
        {
            return new ValueTask<ServeResult>(Conclude(question, AnswerOutcome.NameError));
        }

        if (target.Kind != TargetKind.Alias)
        {
            _addresses.Write(question, target, NameParts.Question);
        }
        else if (_aliases.Write(question, target.Service) is { } leavesZone)
        {
            return ServeFromOutsideAsync(question, leavesZone);
        }

        return new ValueTask<ServeResult>(Conclude(question, Written(question)));
    }

    private async ValueTask<ServeResult> ServeFromOutsideAsync(ClusterQuestion question, ServiceEntry alias)
    {
        // With nobody to ask, a CNAME that leads nowhere is no answer.
        if (!await _outside.TryAddAnswersAsync(question.Query, alias.ExternalName.ToArray()).ConfigureAwait(false))
        {
            question.Reply.Clear();
        }

        return Conclude(question, Written(question));
    }

    private AnswerOutcome AnswerServices(in ClusterQuestion question)
    {
        var target = _finder.Find(question);
        if (!target.Exists)
        {
            return AnswerOutcome.NameError;
        }

        _services.Write(question, target);
        return Written(question);
    }

    private AnswerOutcome AnswerAlias(in ClusterQuestion question)
    {
        var target = _finder.Find(question);
        if (target.Kind == TargetKind.Alias)
        {
            var name = NameParts.Whole(target.Service.ExternalName);
            question.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, _options.TimeToLive, name);
        }

        return target.Exists ? Written(question) : AnswerOutcome.NameError;
    }

    private AnswerOutcome AnswerPointers(in ClusterQuestion question)
    {
        if (!ReverseName.TryReadAddress(question.Name, out var address))
        {
            return _finder.FindObject(question).Exists ? AnswerOutcome.NoData : AnswerOutcome.NameError;
        }

        _pointers.Write(question, address);
        question.Query.Trace?.Add(new PointerStep(address, question.Reply.AnswerCount));
        return question.Reply.AnswerCount > 0 ? AnswerOutcome.Answered : AnswerOutcome.NameError;
    }

    // For this type alone, CoreDNS denies the names that only exist because of others below them.
    private AnswerOutcome AnswerText(in ClusterQuestion question)
    {
        if (ZoneAnswers.TryWriteVersion(question))
        {
            return AnswerOutcome.Answered;
        }

        return _finder.FindObject(question).Kind is TargetKind.NameError or TargetKind.Empty
            ? AnswerOutcome.NameError
            : AnswerOutcome.NoData;
    }

    // Away from the apex a SOA query has no data whether the name exists or not, and never falls through.
    private AnswerOutcome AnswerStartOfAuthority(in ClusterQuestion question)
    {
        if (question.IsApex)
        {
            _zoneAnswers.WriteStartOfAuthority(question, Section.Answer);
        }

        return Written(question);
    }

    private AnswerOutcome AnswerNameServers(in ClusterQuestion question)
    {
        _nameServers.WriteServers(question);
        return Written(question);
    }

    private static AnswerOutcome Written(in ClusterQuestion question) =>
        question.Reply.AnswerCount > 0 ? AnswerOutcome.Answered : AnswerOutcome.NoData;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tell(in ClusterQuestion question, AnswerOutcome outcome, bool isLeft) =>
        question.Query.Trace!.Add(new ClusterStep(outcome, isLeft, question.IsClusterKnown, question.IsStale));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Explain(in ClusterQuestion question)
    {
        Span<byte> buffer = stackalloc byte[ShortReason.MostOctets];
        var name = ClusterName.Read(question.Name.Wire, question.LabelsBelowZone);
        var data = ShortReason.Write(_finder.WhyMissing(question), name, buffer);
        if (!data.IsEmpty)
        {
            question.Reply.AddOption(EdnsOption.ExtendedError, data);
        }
    }

    // Whether a missing name is somebody else's is decided first: a server that knows nothing yet still leaves PTR queries
    // for the outside world to the outside world.
    private ServeResult Conclude(in ClusterQuestion question, AnswerOutcome outcome)
    {
        var reply = question.Reply;
        var isLeft = outcome == AnswerOutcome.NameError && _options.Fallthrough.Find(question.Name) is not null;
        if (question.Query.Trace is not null)
        {
            Tell(question, outcome, isLeft);
        }

        if (outcome == AnswerOutcome.NameError)
        {
            if (isLeft)
            {
                return ServeResult.Declined;
            }

            Deny(question, HasExtendedErrors);
            if (_options.Explains && HasExtendedErrors && question.IsClusterKnown && question.Query.Edns.IsPresent)
            {
                Explain(question);
            }
        }

        if (outcome != AnswerOutcome.Answered)
        {
            _zoneAnswers.WriteStartOfAuthority(question, Section.Authority);
        }

        if (question.IsStale)
        {
            StaleAnswer.Mark(reply, HasExtendedErrors);
        }

        reply.IsAuthoritative = true;
        question.Query.IsLive = true;
        question.Query.AnsweredBy = Name;
        return ServeResult.Answered;
    }
}
