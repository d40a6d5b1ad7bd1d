using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.K8sExternal;

/// <summary>A name outside the cluster was looked for, and what it stands for; why it does not exist says the end.</summary>
internal sealed record ExternalNameStep : TraceStep
{
    /// <summary>With its final dot.</summary>
    public required string Name { get; init; }

    /// <summary>Labels in front of the zone.</summary>
    public required int Labels { get; init; }

    public required ExternalTarget Kind { get; init; }

    /// <summary>As far as the name has one; else empty, as the parts below.</summary>
    public required string Namespace { get; init; }

    public required string Service { get; init; }

    public required string Endpoint { get; init; }

    public required string Port { get; init; }

    public required string Protocol { get; init; }

    /// <summary>The Service that was found, whether or not the name exists.</summary>
    public required ServiceEntry? Entry { get; init; }

    /// <summary>Where it was looked for, to find what else is there.</summary>
    public required ClusterZone Cluster { get; init; }

    /// <summary>The <c>kubernetes</c> directive beside.</summary>
    public required KubernetesOptions ClusterOptions { get; init; }

    /// <param name="question">Name and zone.</param>
    /// <param name="kind">What was found.</param>
    /// <param name="service">The Service that was found.</param>
    /// <param name="cluster">Where.</param>
    public static ExternalNameStep Of(
        in ClusterQuestion question, ExternalTarget kind, ServiceEntry? service, KubernetesPlugin cluster)
    {
        var name = ClusterName.ReadExternal(question.Name.Wire, question.LabelsBelowZone);
        return new ExternalNameStep
        {
            Name = WireName.ToText(question.Name.Wire),
            Labels = question.LabelsBelowZone,
            Kind = kind,
            Namespace = Encoding.UTF8.GetString(name.Namespace),
            Service = Encoding.UTF8.GetString(name.Owner),
            Endpoint = Encoding.UTF8.GetString(name.Endpoint),
            Port = Encoding.UTF8.GetString(name.Port),
            Protocol = Encoding.UTF8.GetString(name.Protocol),
            Entry = service,
            Cluster = cluster.Zone,
            ClusterOptions = cluster.Options,
        };
    }
}
