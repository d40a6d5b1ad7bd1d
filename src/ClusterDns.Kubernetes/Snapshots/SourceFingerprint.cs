using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// What was read from which cluster, as a hash: a snapshot of other objects than those asked for is not served.
/// </summary>
internal static class SourceFingerprint
{
    public static byte[] Of(ClusterSourceOptions options)
    {
        // Each with its length in front, so that no two lists read the same.
        string?[] parts =
        [
            options.Endpoint,
            options.KubeconfigPath,
            options.KubeconfigContext,
            options.LabelSelector,
            options.NamespaceLabelSelector,
            options.EndpointSource.ToString(),
            options.WatchPods ? "pods" : "",
            options.KeepPodNames ? "names" : "",
        ];
        var text = string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}")));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }
}
