using System.Runtime.CompilerServices;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>
/// Names Services of the cluster in zones of their own, by the addresses that they are reached by from outside. Knows
/// the cluster through the block's <c>kubernetes</c> plugin.
/// </summary>
internal sealed class K8sExternalPlugin(K8sExternalOptions options, ServerLookup server) : Plugin, ITransferableZones
{
    private ExternalApex _apex = null!;
    private ExternalFinder _finder = null!;
    private ExternalAddresses _addresses = null!;
    private ExternalServices _services = null!;
    private KubernetesPlugin _cluster = null!;

    public override string Name => "k8s_external";

    /// <summary>Tells the plugin its cluster; once, before the first query.</summary>
    public void Connect(KubernetesPlugin cluster)
    {
        var outside = new OutsideLookup(server);
        _cluster = cluster;
        _apex = new ExternalApex(options, cluster);
        _finder = new ExternalFinder(options, cluster);
        _addresses = new ExternalAddresses(options, cluster.Options, outside);
        _services = new ExternalServices(options, cluster.Options, outside);
    }

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Class != RecordClass.IN || options.Zones.Find(query.Name) is not { } zone)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        var question = new ClusterQuestion(query, zone, _cluster.Zone);
        if (_apex.TryAnswer(question, out var outcome))
        {
            return new ValueTask<ServeResult>(
                outcome == AnswerOutcome.NameError ? Denied(question, ExternalMiss.BelowApex) : Found(question));
        }

        if (query.Type == RecordType.PTR && ReverseName.TryReadAddress(query.Name, out var address))
        {
            query.Trace?.Add(new ExternalPointerStep(address));
            return new ValueTask<ServeResult>(
                WritePointers(question, address) ? Found(question) : NameError(question, ExternalMiss.NoSuchAddress));
        }

        var kind = _finder.Find(question, out var service, out var name, out var miss);
        if (query.Trace is not null)
        {
            Tell(question, kind, service);
        }

        if (kind == ExternalTarget.NameError)
        {
            return new ValueTask<ServeResult>(NameError(question, miss));
        }

        return service is null ? new ValueTask<ServeResult>(Found(question)) : ServeService(question, kind, service, name);
    }

    public IEnumerable<DnsName> TransferableZones => options.Zones.Where(zone => !ReverseName.IsReverseZone(zone));

    public IZoneContents? Open(DnsName zone, Query query) =>
        _cluster.Zone.IsSynced && ApexRecords.Read(this, query, zone, addressTimeToLive: null) is { } apex
            ? new ExternalZoneWalk(apex, _cluster.Zone, _cluster.Options, options, _finder, zone)
            : null;

    private ValueTask<ServeResult> ServeService(
        in ClusterQuestion question, ExternalTarget kind, ServiceEntry service, scoped in ClusterName name)
    {
        switch (question.Type)
        {
            case RecordType.A or RecordType.AAAA:
                _addresses.Write(question, kind, service, name);
                if (kind == ExternalTarget.Outside && !service.ExternalHostnames.IsEmpty)
                {
                    return FollowAsync(question, _addresses.FollowAsync(question.Query, service));
                }

                break;
            case RecordType.SRV:
                _services.Write(question, kind, service, name);
                if (kind == ExternalTarget.Outside && !service.ExternalHostnames.IsEmpty && question.Reply.AnswerCount > 0)
                {
                    return FollowAsync(question, _services.FollowAsync(question.Query, service));
                }

                break;
        }

        return new ValueTask<ServeResult>(Found(question));
    }

    private async ValueTask<ServeResult> FollowAsync(ClusterQuestion question, ValueTask following)
    {
        await following.ConfigureAwait(false);
        return Found(question);
    }

    // Every Service with the address, by its name in the first zone.
    private bool WritePointers(in ClusterQuestion question, NetworkAddress address)
    {
        var isFound = false;
        foreach (var service in _cluster.Zone.FindServicesByExternalAddress(address))
        {
            if (_finder.IsExposed(service.Namespace))
            {
                var target = NameParts.Before(service.QualifiedLabels, options.PrimaryZone.Wire);
                isFound |= question.Reply.AddName(Section.Answer, NameParts.Question, RecordType.PTR, options.TimeToLive, target);
            }
        }

        return isFound;
    }

    private ServeResult NameError(in ClusterQuestion question, ExternalMiss miss)
    {
        if (options.Fallthrough.Find(question.Name) is null)
        {
            return Denied(question, miss);
        }

        if (question.Query.Trace is not null)
        {
            Tell(question, miss, isLeft: true);
        }

        return ServeResult.Declined;
    }

    private ServeResult Denied(in ClusterQuestion question, ExternalMiss miss)
    {
        if (question.Query.Trace is not null)
        {
            Tell(question, miss, isLeft: false);
        }

        KubernetesPlugin.Deny(question, _cluster.HasExtendedErrors);
        return Answered(question);
    }

    private ServeResult Found(in ClusterQuestion question)
    {
        if (question.Query.Trace is not null)
        {
            Tell(question, ExternalMiss.None, isLeft: false);
        }

        return Answered(question);
    }

    private ServeResult Answered(in ClusterQuestion question)
    {
        if (question.Reply.AnswerCount == 0)
        {
            _apex.WriteStartOfAuthority(question, Section.Authority);
        }

        if (question.IsStale)
        {
            StaleAnswer.Mark(question.Reply, _cluster.HasExtendedErrors);
        }

        question.Reply.IsAuthoritative = true;
        question.Query.IsLive = true;
        question.Query.AnsweredBy = Name;
        return ServeResult.Answered;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(in ClusterQuestion question, ExternalTarget kind, ServiceEntry? service) =>
        question.Query.Trace!.Add(ExternalNameStep.Of(question, kind, service, _cluster));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(in ClusterQuestion question, ExternalMiss miss, bool isLeft) => question.Query.Trace!.Add(new ExternalStep(
        question.Zone, options, miss, question.Reply.AnswerCount, isLeft, question.IsClusterKnown, question.IsStale));
}
