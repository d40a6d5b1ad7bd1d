using System.Runtime.CompilerServices;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Finds what a name of a cluster zone stands for, by walking its labels from the right.</summary>
internal sealed class NameFinder(KubernetesOptions options, ClusterZone zone)
{
    /// <summary>What the question's own name stands for.</summary>
    public NameTarget Find(in ClusterQuestion question) => Find(question, question.Name.Wire, question.LabelsBelowZone);

    /// <summary>What any name of the question's zone stands for.</summary>
    /// <param name="question">Whose zone it is.</param>
    /// <param name="lowerCaseName">The whole name.</param>
    /// <param name="labels">Labels in front of the zone.</param>
    public NameTarget Find(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels) =>
        question.Query.Trace is not null ? FindAndTell(question, lowerCaseName, labels, knowsNameServer: true)
        : IsNameServer(question, lowerCaseName, labels) ? NameTarget.NameServer
        : FindObject(question, lowerCaseName, labels);

    /// <summary>The same for query types that do not know <c>ns.dns</c>: PTR and TXT.</summary>
    public NameTarget FindObject(in ClusterQuestion question) => question.Query.Trace is not null
        ? FindAndTell(question, question.Name.Wire, question.LabelsBelowZone, knowsNameServer: false)
        : FindObject(question, question.Name.Wire, question.LabelsBelowZone);

    /// <summary>Why the question's own name does not exist, for the client and no trace.</summary>
    public NameReason WhyMissing(in ClusterQuestion question) => ReverseName.IsReverseZone(question.Zone)
        ? NameReason.NotAnAddress
        : FindObject(question, question.Name.Wire, question.LabelsBelowZone).Reason;

    // Apart, so that what is found is not copied for queries that nobody asks about.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private NameTarget FindAndTell(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels, bool knowsNameServer)
    {
        var target = knowsNameServer && IsNameServer(question, lowerCaseName, labels)
            ? NameTarget.NameServer
            : FindObject(question, lowerCaseName, labels);
        question.Query.Trace!.Add(NameStep.Of(question, lowerCaseName, labels, target, zone, options));
        return target;
    }

    // CoreDNS compares the name in lower case with the zone as it was asked, so that it knows this name in one spelling only.
    private static bool IsNameServer(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels) =>
        labels == 2 && lowerCaseName.StartsWith(ZoneNames.NameServer) && question.IsZoneInLowerCase;

    private NameTarget FindObject(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels)
    {
        var name = ClusterName.Read(lowerCaseName, labels);
        if (!name.IsPossible)
        {
            return NameTarget.Missing(NameReason.WrongShape);
        }

        if (name.Branch == NameBranch.None)
        {
            return NameTarget.Empty;
        }

        if (ReverseName.IsReverseZone(question.Zone))
        {
            return NameTarget.Missing(NameReason.NotAnAddress);
        }

        if (!options.Namespaces.Passes(name.Namespace))
        {
            return NameTarget.Missing(NameReason.NamespaceNotServed);
        }

        if (zone.FindNamespace(name.Namespace) is not { } parent)
        {
            return NameTarget.Missing(NameReason.NoSuchNamespace);
        }

        return name.Branch == NameBranch.Pod ? FindPod(parent, name) : FindService(parent, name);
    }

    // Labels in front of a pod's mean nothing and do no harm.
    private NameTarget FindPod(NamespaceEntry parent, scoped in ClusterName name)
    {
        if (options.Pods == PodMode.Disabled)
        {
            return NameTarget.Missing(NameReason.PodsDisabled);
        }

        if (name.Owner.IsEmpty)
        {
            return NameTarget.Empty;
        }

        NetworkAddress address;
        if (!(options.Pods == PodMode.Insecure
            ? DashedAddress.TryParse(name.Owner, out address)
            : DashedAddress.TryParseExact(name.Owner, out address)))
        {
            return NameTarget.Missing(NameReason.NotAPodAddress);
        }

        return options.Pods == PodMode.Insecure || zone.HasPod(parent, address)
            ? NameTarget.Pod(name, address)
            : NameTarget.Missing(NameReason.NoSuchPod);
    }

    private NameTarget FindService(NamespaceEntry parent, scoped in ClusterName name)
    {
        if (name.Owner.IsEmpty)
        {
            return NameTarget.Empty;
        }

        if (parent.FindService(name.Owner) is not { } service)
        {
            return NameTarget.Missing(NameReason.NoSuchService);
        }

        var kind = KindOf(service, name);
        var reason = WhyMissing(kind, service, name);
        return reason == NameReason.None ? NameTarget.OfService(kind, service, name) : NameTarget.Missing(reason, service);
    }

    private static TargetKind KindOf(ServiceEntry service, scoped in ClusterName name) => service.Kind switch
    {
        ServiceKind.ExternalName => TargetKind.Alias,
        ServiceKind.Headless => TargetKind.Endpoints,
        _ => name.Endpoint.IsEmpty ? TargetKind.ClusterAddresses : TargetKind.Endpoints,
    };

    private NameReason WhyMissing(TargetKind kind, ServiceEntry service, scoped in ClusterName name) => kind switch
    {
        TargetKind.Alias => !name.IsOwnerItself ? NameReason.BelowAlias
            : service.ExternalName.IsEmpty ? NameReason.AliasWithoutTarget
            : NameReason.None,
        _ when IsIgnored(service) => NameReason.EmptyServiceIgnored,
        TargetKind.Endpoints => new MatchingEndpoints(service, name).MoveNext() ? NameReason.None : WhyNoEndpoint(service, name),

        // The name without a port is there for any ports and for none, so they are not looked at.
        _ => name.IsOwnerItself || name.CountAskedFor(service.Ports) > 0 ? NameReason.None : NameReason.NoSuchPort,
    };

    private static NameReason WhyNoEndpoint(ServiceEntry service, scoped in ClusterName name) =>
        service.ReadyCount == 0 ? NameReason.NoReadyEndpoint
        : name.Endpoint.IsEmpty ? NameReason.NoSuchPort
        : NameReason.NoSuchEndpoint;

    private bool IsIgnored(ServiceEntry service) =>
        options.IgnoreEmptyServices && service.Kind == ServiceKind.ClusterIP && service.ReadyCount == 0;
}
