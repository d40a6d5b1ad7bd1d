using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>A name outside the cluster was looked for, and what it stands for; why it does not exist says the end.</summary>
internal sealed record ExternalNameStep : ServiceNameStep
{
    private ExternalNameStep(ReadOnlySpan<byte> lowerCaseName, int labels)
        : base(lowerCaseName, labels, ClusterName.ReadExternal(lowerCaseName, labels))
    {
    }

    public required ExternalTarget Kind { get; init; }

    /// <param name="question">Name and zone.</param>
    /// <param name="kind">What was found.</param>
    /// <param name="service">The Service that was found.</param>
    /// <param name="cluster">Where.</param>
    public static ExternalNameStep Of(
        in ClusterQuestion question, ExternalTarget kind, ServiceEntry? service, KubernetesPlugin cluster) =>
        new(question.Name.Wire, question.LabelsBelowZone)
        {
            Kind = kind,
            Service = service,
            Cluster = cluster.Zone,
            Options = cluster.Options,
        };
}
