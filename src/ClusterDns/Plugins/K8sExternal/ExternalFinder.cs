using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>Finds the Service that a name outside the cluster stands for.</summary>
internal sealed class ExternalFinder(K8sExternalOptions options, KubernetesPlugin cluster)
{
    /// <param name="question">The name and its zone.</param>
    /// <param name="service">The Service; null where the name stands for none.</param>
    /// <param name="name">The name's parts.</param>
    public ExternalTarget Find(in ClusterQuestion question, out ServiceEntry? service, out ClusterName name)
    {
        service = null;
        name = ClusterName.ReadExternal(question.Name.Wire, question.LabelsBelowZone);
        if (!name.IsPossible
            || !cluster.Options.Namespaces.Passes(name.Namespace)
            || cluster.Zone.FindNamespace(name.Namespace) is not { } parent)
        {
            return ExternalTarget.NameError;
        }

        if (name.Owner.IsEmpty)
        {
            return ExternalTarget.Empty;
        }

        service = parent.FindService(name.Owner);
        return service is null ? ExternalTarget.NameError : KindOf(service, name);
    }

    /// <summary>Without a list of namespaces CoreDNS does not ask whether the namespace exists.</summary>
    public bool IsExposed(NamespaceEntry parent) =>
        cluster.Options.Namespaces.IsEmpty || (cluster.Options.Namespaces.Passes(parent.Label) && parent.Exists);

    // An endpoint label in front of a Service with addresses outside means nothing and does no harm, as for CoreDNS.
    private ExternalTarget KindOf(ServiceEntry service, scoped in ClusterName name)
    {
        var isReachedFromOutside = service.ExternalAddresses.Length + service.ExternalHostnames.Length > 0;
        if (isReachedFromOutside)
        {
            return name.CountAskedFor(service.Ports) > 0 ? ExternalTarget.Outside : ExternalTarget.NameError;
        }

        return options.HasHeadless
            && (service.Kind == ServiceKind.Headless || !name.Endpoint.IsEmpty)
            && new MatchingEndpoints(service, name).MoveNext()
                ? ExternalTarget.Endpoints
                : ExternalTarget.NameError;
    }
}
