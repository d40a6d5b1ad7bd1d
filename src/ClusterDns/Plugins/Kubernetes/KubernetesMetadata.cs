using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// What a query's name and its client mean in the cluster, by label. The parts of a name are told whether or not there is
/// such an object; a part that the name does not have is empty.
/// </summary>
internal sealed class KubernetesMetadata(KubernetesOptions options, ClusterZone zone)
{
    private const string Prefix = "kubernetes/";

    /// <summary>The value; null for a label of somebody else, and for what is not known.</summary>
    public string? Find(Query query, string label)
    {
        if (!label.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        return label[Prefix.Length..] switch
        {
            "client-namespace" => TryFindClient(query, out var pod) ? Text(pod.Namespace.Label) : null,
            "client-pod-name" => TryFindClient(query, out var pod) ? Text(pod.Name) : null,
            var part => options.Zones.Find(query.Name) is { } parent ? FindPart(query.Name, parent, part) : null,
        };
    }

    /// <summary>The pod that sent the query: with <c>pods verified</c>, and where the address tells it.</summary>
    public bool TryFindClient(Query query, out PodView pod)
    {
        pod = default;
        return options.Pods == PodMode.Verified
            && zone.TryFindClient(new NetworkAddress(query.Client.Bits, query.Client.IsIPv4), out pod);
    }

    private static string? FindPart(QuestionName question, DnsName parent, string part)
    {
        var labels = question.LabelCount - parent.LabelCount;
        var name = ClusterName.Read(question.Wire, labels);
        if (!name.IsPossible)
        {
            return part == "parse-error" ? "invalid query name" : null;
        }

        return part switch
        {
            "endpoint" => Text(name.Endpoint),
            "service" => Text(name.Owner),
            "namespace" => Text(name.Namespace),
            "port-name" => Text(name.Port),
            "protocol" => Text(name.Protocol),

            // The name was read, so that this label is svc or pod.
            "kind" => labels == 0 ? "" : Text(question.Label(labels - 1)),
            _ => null,
        };
    }

    private static string Text(ReadOnlySpan<byte> label) => Encoding.UTF8.GetString(label);
}
