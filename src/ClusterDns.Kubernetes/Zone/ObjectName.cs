using System.Text;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Names of objects that are no DNS names themselves: slices and pods.</summary>
internal static class ObjectName
{
    /// <summary>Octets of the longest name an API server takes.</summary>
    public const int MaxLength = 253;

    /// <summary>False for an empty name and for one over <see cref="MaxLength"/>.</summary>
    public static bool TryEncode(string name, Span<byte> destination, out int length) =>
        Encoding.UTF8.TryGetBytes(name, destination[..MaxLength], out length) && length > 0;
}
