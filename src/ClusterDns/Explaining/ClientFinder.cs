using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>Finds out who is meant by what a person says of a client.</summary>
/// <param name="cluster">The cluster that it is in; null where the server knows none.</param>
internal sealed class ClientFinder(ClusterZone? cluster)
{
    /// <param name="from">A namespace, a pod, <c>NAMESPACE/POD</c> or an address; null for this machine.</param>
    /// <param name="client">Who that is.</param>
    /// <param name="error">Why nobody is; a sentence.</param>
    public bool TryFind(
        string? from,
        [NotNullWhen(true)] out ExplainedClient? client,
        [NotNullWhen(false)] out string? error)
    {
        error = null;
        client = from is null ? new ExplainedClient("this machine", null, ExplainedClient.Loopback, IsAddressKnown: true)
            : NetworkAddress.TryParse(from, out var address) ? OfAddress(address)
            : cluster is null ? null
            : from.Split('/') is [var parent, var pod] ? OfPod(parent, pod)
            : OfNamespace(from) ?? OfOnlyPod(from);
        if (client is null)
        {
            error = PrintableText.Escape(Describe(from!));
        }

        return client is not null;
    }

    private ExplainedClient OfAddress(NetworkAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        var at = ExplainedClient.At(octets[..address.Write(octets)]);
        if (cluster is not null && cluster.TryFindClient(address, out var pod))
        {
            return new ExplainedClient($"pod {Text(pod.Namespace.Label)}/{Text(pod.Name)} ({address})", Text(pod.Namespace.Label), at, true);
        }

        // Without pods, an endpoint's namespace is its pod's.
        if (cluster is not null)
        {
            foreach (var owner in cluster.FindEndpointsByAddress(address))
            {
                var name = Text(owner.Namespace.Label);
                return new ExplainedClient($"{address}, an endpoint of service {name}/{Text(owner.ServiceLabel)}", name, at, true);
            }
        }

        return new ExplainedClient($"{address}, which is nobody known of the cluster", null, at, true);
    }

    private ExplainedClient? OfNamespace(string name) => cluster!.FindNamespace(Octets(name)) is null
        ? null
        : new ExplainedClient($"namespace {name}", name, ExplainedClient.Loopback, IsAddressKnown: false);

    private ExplainedClient? OfPod(string parent, string name) =>
        cluster!.FindNamespace(Octets(parent)) is { } entry && cluster.TryFindPod(entry, Octets(name), out var pod) ? Of(pod) : null;

    private ExplainedClient? OfOnlyPod(string name)
    {
        ExplainedClient? only = null;
        foreach (var parent in cluster!.Namespaces.Take(ExplainLimits.MostCompared))
        {
            if (cluster.TryFindPod(parent, Octets(name), out var pod))
            {
                if (only is not null)
                {
                    return null;
                }

                only = Of(pod);
            }
        }

        return only;
    }

    private static ExplainedClient Of(PodView pod)
    {
        Span<byte> octets = stackalloc byte[16];
        var parent = Text(pod.Namespace.Label);
        var at = ExplainedClient.At(octets[..pod.Address.Write(octets)]);
        return new ExplainedClient($"pod {parent}/{Text(pod.Name)} ({pod.Address})", parent, at, true);
    }

    private string Describe(string from)
    {
        if (cluster is null)
        {
            return $"there is no cluster to find '{from}' in: no server block has kubernetes";
        }

        var what = from.Contains('/') ? "pod" : "namespace or single pod";
        var nearest = NearestObject.Find(from, cluster.Namespaces.Select(entry => Text(entry.Label)));
        return $"there is no {what} '{from}'"
            + (nearest is null ? "" : $", did you mean namespace '{nearest}'?")
            + (cluster.PodCount == 0 ? "; the server knows no pods, as it would with 'pods verified'" : "");
    }

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> label) => Encoding.UTF8.GetString(label);
}
