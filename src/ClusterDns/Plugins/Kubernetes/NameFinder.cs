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
        IsNameServer(question, lowerCaseName, labels)
            ? NameTarget.NameServer
            : FindObject(question, lowerCaseName, labels);

    /// <summary>The same for query types that do not know <c>ns.dns</c>: PTR and TXT.</summary>
    public NameTarget FindObject(in ClusterQuestion question) =>
        FindObject(question, question.Name.Wire, question.LabelsBelowZone);

    // CoreDNS compares the name in lower case with the zone as it was asked, so that it knows this name in one spelling only.
    private static bool IsNameServer(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels) =>
        labels == 2 && lowerCaseName.StartsWith(ZoneNames.NameServer) && question.IsZoneInLowerCase;

    private NameTarget FindObject(in ClusterQuestion question, ReadOnlySpan<byte> lowerCaseName, int labels)
    {
        var name = ClusterName.Read(lowerCaseName, labels);
        if (!name.IsPossible)
        {
            return NameTarget.NameError;
        }

        if (name.Branch == NameBranch.None)
        {
            return NameTarget.Empty;
        }

        if (ReverseName.IsReverseZone(question.Zone)
            || !options.Namespaces.Passes(name.Namespace)
            || zone.FindNamespace(name.Namespace) is not { } parent)
        {
            return NameTarget.NameError;
        }

        return name.Branch == NameBranch.Pod ? FindPod(parent, name) : FindService(parent, name);
    }

    // Labels in front of a pod's mean nothing and do no harm.
    private NameTarget FindPod(NamespaceEntry parent, scoped in ClusterName name)
    {
        if (options.Pods == PodMode.Disabled)
        {
            return NameTarget.NameError;
        }

        if (name.Owner.IsEmpty)
        {
            return NameTarget.Empty;
        }

        NetworkAddress address;
        var exists = options.Pods == PodMode.Insecure
            ? DashedAddress.TryParse(name.Owner, out address)
            : DashedAddress.TryParseExact(name.Owner, out address) && zone.HasPod(parent, address);
        return exists ? NameTarget.Pod(name, address) : NameTarget.NameError;
    }

    private NameTarget FindService(NamespaceEntry parent, scoped in ClusterName name)
    {
        if (name.Owner.IsEmpty)
        {
            return NameTarget.Empty;
        }

        if (parent.FindService(name.Owner) is not { } service)
        {
            return NameTarget.NameError;
        }

        var kind = KindOf(service, name);
        return Exists(kind, service, name) ? NameTarget.OfService(kind, service, name) : NameTarget.NameError;
    }

    private static TargetKind KindOf(ServiceEntry service, scoped in ClusterName name) => service.Kind switch
    {
        ServiceKind.ExternalName => TargetKind.Alias,
        ServiceKind.Headless => TargetKind.Endpoints,
        _ => name.Endpoint.IsEmpty ? TargetKind.ClusterAddresses : TargetKind.Endpoints,
    };

    private bool Exists(TargetKind kind, ServiceEntry service, scoped in ClusterName name) => kind switch
    {
        TargetKind.Alias => name.IsOwnerItself && !service.ExternalName.IsEmpty,
        _ when IsIgnored(service) => false,
        TargetKind.Endpoints => new MatchingEndpoints(service, name).MoveNext(),

        // The name without a port is there for any ports and for none, so they are not looked at.
        _ => name.IsOwnerItself || name.CountAskedFor(service.Ports) > 0,
    };

    private bool IsIgnored(ServiceEntry service) =>
        options.IgnoreEmptyServices && service.Kind == ServiceKind.ClusterIP && service.ReadyCount == 0;
}
