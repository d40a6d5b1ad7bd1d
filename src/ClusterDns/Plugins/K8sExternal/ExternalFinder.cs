using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>Finds the Service that a name outside the cluster stands for.</summary>
internal sealed class ExternalFinder(K8sExternalOptions options, KubernetesPlugin cluster)
{
    /// <param name="question">The name and its zone.</param>
    /// <param name="service">The Service; null where there is none, and where the name stands for a namespace.</param>
    /// <param name="name">The name's parts.</param>
    /// <param name="miss">Why there is no such name.</param>
    public ExternalTarget Find(in ClusterQuestion question, out ServiceEntry? service, out ClusterName name, out ExternalMiss miss)
    {
        service = null;
        name = ClusterName.ReadExternal(question.Name.Wire, question.LabelsBelowZone);
        if (!name.IsPossible)
        {
            miss = ExternalMiss.WrongShape;
        }
        else if (!cluster.Options.Namespaces.Passes(name.Namespace))
        {
            miss = ExternalMiss.NamespaceNotServed;
        }
        else if (cluster.Zone.FindNamespace(name.Namespace) is not { } parent)
        {
            miss = ExternalMiss.NoSuchNamespace;
        }
        else if (name.Owner.IsEmpty)
        {
            miss = ExternalMiss.None;
            return ExternalTarget.Empty;
        }
        else if ((service = parent.FindService(name.Owner)) is null)
        {
            miss = ExternalMiss.NoSuchService;
        }
        else
        {
            var isOutside = IsReachedFromOutside(service);
            miss = isOutside ? WhyNotOutside(service, name) : WhyNoEndpoint(service, name);
            return miss != ExternalMiss.None ? ExternalTarget.NameError
                : isOutside ? ExternalTarget.Outside
                : ExternalTarget.Endpoints;
        }

        return ExternalTarget.NameError;
    }

    /// <summary>Whether anything outside the cluster leads to the Service.</summary>
    public static bool IsReachedFromOutside(ServiceEntry service) =>
        service.ExternalAddresses.Length + service.ExternalHostnames.Length > 0;

    /// <summary>Without a list of namespaces CoreDNS does not ask whether the namespace exists.</summary>
    public bool IsExposed(NamespaceEntry parent) =>
        cluster.Options.Namespaces.IsEmpty || (cluster.Options.Namespaces.Passes(parent.Label) && parent.Exists);

    // An endpoint label in front of a Service with addresses outside means nothing and does no harm, as for CoreDNS.
    private static ExternalMiss WhyNotOutside(ServiceEntry service, scoped in ClusterName name) =>
        name.CountAskedFor(service.Ports) > 0 ? ExternalMiss.None : ExternalMiss.NoSuchPort;

    private ExternalMiss WhyNoEndpoint(ServiceEntry service, scoped in ClusterName name) =>
        !options.HasHeadless || (service.Kind != ServiceKind.Headless && name.Endpoint.IsEmpty) ? ExternalMiss.NotReachedFromOutside
        : new MatchingEndpoints(service, name).MoveNext() ? ExternalMiss.None
        : service.ReadyCount == 0 ? ExternalMiss.NoReadyEndpoint
        : name.Endpoint.IsEmpty ? ExternalMiss.NoSuchPort
        : ExternalMiss.NoSuchEndpoint;
}
