using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A name of a cluster zone was looked for, and what it stands for, or why it does not exist.</summary>
internal sealed record NameStep : TraceStep
{
    /// <summary>With its final dot.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster zone that the name is in.</summary>
    public required DnsName Zone { get; init; }

    /// <summary>Labels in front of the zone.</summary>
    public required int Labels { get; init; }

    public required TargetKind Kind { get; init; }

    public required NameReason Reason { get; init; }

    public required NameBranch Branch { get; init; }

    /// <summary>The label in front of the zone, which says what the name is of; empty at the apex.</summary>
    public required string BranchLabel { get; init; }

    /// <summary>As far as the name has one; else empty, as the parts below.</summary>
    public required string Namespace { get; init; }

    /// <summary>The Service, or the pod.</summary>
    public required string Owner { get; init; }

    public required string Endpoint { get; init; }

    public required string Port { get; init; }

    public required string Protocol { get; init; }

    /// <summary>The Service that was found, whether or not the name exists.</summary>
    public required ServiceEntry? Service { get; init; }

    /// <summary>Where it was looked for, to find what else is there.</summary>
    public required ClusterZone Cluster { get; init; }

    /// <summary>The directive.</summary>
    public required KubernetesOptions Options { get; init; }

    /// <summary>The name asks for the Service or pod itself, not for a port or an endpoint.</summary>
    public bool IsOwnerItself => Endpoint.Length == 0 && Port.Length == 0 && Protocol.Length == 0;

    /// <param name="question">Whose zone it is.</param>
    /// <param name="lowerCaseName">The whole name.</param>
    /// <param name="labels">Labels in front of the zone.</param>
    /// <param name="target">What was found.</param>
    /// <param name="cluster">Where.</param>
    /// <param name="options">The directive.</param>
    public static NameStep Of(
        in ClusterQuestion question,
        ReadOnlySpan<byte> lowerCaseName,
        int labels,
        scoped in NameTarget target,
        ClusterZone cluster,
        KubernetesOptions options)
    {
        var name = ClusterName.Read(lowerCaseName, labels);
        return new NameStep
        {
            Name = WireName.ToText(lowerCaseName),
            Zone = question.Zone,
            Labels = labels,
            Kind = target.Kind,
            Reason = target.Reason,
            Branch = name.Branch,
            BranchLabel = LabelAt(lowerCaseName, labels - 1),
            Namespace = Encoding.UTF8.GetString(name.Namespace),
            Owner = Encoding.UTF8.GetString(name.Owner),
            Endpoint = Encoding.UTF8.GetString(name.Endpoint),
            Port = Encoding.UTF8.GetString(name.Port),
            Protocol = Encoding.UTF8.GetString(name.Protocol),
            Service = target.ServiceOrNull,
            Cluster = cluster,
            Options = options,
        };
    }

    private static string LabelAt(ReadOnlySpan<byte> name, int index)
    {
        for (; index > 0; index--)
        {
            name = name[(name[0] + 1)..];
        }

        return index < 0 ? "" : Encoding.UTF8.GetString(name.Slice(1, name[0]));
    }
}
