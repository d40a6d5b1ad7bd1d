using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A name of a cluster zone was looked for, and what it stands for, or why it does not exist.</summary>
internal sealed record NameStep : ServiceNameStep
{
    private NameStep(ReadOnlySpan<byte> lowerCaseName, int labels, scoped in ClusterName parts)
        : base(lowerCaseName, labels, parts)
    {
        Branch = parts.Branch;
        BranchLabel = LabelAt(lowerCaseName, labels - 1);
    }

    /// <summary>The cluster zone that the name is in.</summary>
    public required DnsName Zone { get; init; }

    public required TargetKind Kind { get; init; }

    public required NameReason Reason { get; init; }

    public NameBranch Branch { get; }

    /// <summary>The label in front of the zone, which says what the name is of; empty at the apex.</summary>
    public string BranchLabel { get; }

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
        KubernetesOptions options) => new(lowerCaseName, labels, ClusterName.Read(lowerCaseName, labels))
        {
            Zone = question.Zone,
            Kind = target.Kind,
            Reason = target.Reason,
            Service = target.ServiceOrNull,
            Cluster = cluster,
            Options = options,
        };

    private static string LabelAt(ReadOnlySpan<byte> name, int index)
    {
        for (; index > 0; index--)
        {
            name = name[(name[0] + 1)..];
        }

        return index < 0 ? "" : Encoding.UTF8.GetString(name.Slice(1, name[0]));
    }
}
