using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Explaining.Reasons;

/// <summary>A Service that a name asks for and that is not there; and where to look for the one that is meant.</summary>
/// <param name="Cluster">All there is.</param>
/// <param name="Options">What of that is served.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsItself">The name asks for it, not for a port or an endpoint of it.</param>
internal sealed record SoughtService(ClusterZone Cluster, KubernetesOptions Options, string Namespace, string Name, bool IsItself)
{
    /// <summary>What follows the namespace in a name that has to be written whole: nothing where a search list adds it.</summary>
    public string Ending { get; init; } = "";

    /// <summary>Services that the zone has no name for are nobody's advice.</summary>
    public Func<ServiceEntry, bool> IsNamed { get; init; } = _ => true;

    public static SoughtService Of(ServiceNameStep step) =>
        new(step.Cluster, step.Options, step.Namespace, step.Owner, step.IsOwnerItself);

    /// <param name="step">The name.</param>
    /// <param name="end">Its zone.</param>
    public static SoughtService Of(ExternalNameStep step, ExternalStep end) => Of(step) with
    {
        Ending = end.Zone.IsRoot ? "." : $".{end.Zone}",
        IsNamed = service => ExternalFinder.IsReachedFromOutside(service)
            || (end.Options.HasHeadless && service.Kind == ClusterDns.Kubernetes.Objects.ServiceKind.Headless),
    };

    /// <summary><c>web.prod</c>, with what has to follow.</summary>
    public string Spell(string service, string parent) => $"{service}.{parent}{Ending}";

    public NamespaceEntry? FindNamespace(string name) => Cluster.FindNamespace(Encoding.UTF8.GetBytes(name));

    /// <summary>Whether names in the namespace are answered at all.</summary>
    public bool IsServed(string parent) =>
        Options.Namespaces.Passes(Encoding.UTF8.GetBytes(parent)) && FindNamespace(parent) is not null;
}
