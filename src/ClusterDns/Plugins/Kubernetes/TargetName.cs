using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Names that other records lead to, as labels to stand in front of a zone: <c>[ENDPOINT.]SERVICE.NAMESPACE.svc</c>.
/// </summary>
internal static class TargetName
{
    /// <summary>Octets for the longest: three labels of 63 octets and <c>svc</c>.</summary>
    public const int MaxLength = (3 * (WireName.MaxLabelLength + 1)) + 4;

    /// <summary>The name of a Service.</summary>
    /// <param name="qualifiedLabels">Service and namespace, length-prefixed.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> octets.</param>
    public static ReadOnlySpan<byte> OfService(ReadOnlySpan<byte> qualifiedLabels, Span<byte> destination)
    {
        qualifiedLabels.CopyTo(destination);
        ZoneNames.Services.CopyTo(destination[qualifiedLabels.Length..]);
        return destination[..(qualifiedLabels.Length + ZoneNames.Services.Length)];
    }

    /// <summary>The name of one endpoint of a Service.</summary>
    public static ReadOnlySpan<byte> OfEndpoint(
        PackedEndpoints group,
        int index,
        ReadOnlySpan<byte> qualifiedLabels,
        Span<byte> destination)
    {
        destination[0] = (byte)EndpointName.Write(group, index, destination[1..]);
        var labelEnd = destination[0] + 1;
        var service = OfService(qualifiedLabels, destination[labelEnd..]);
        return destination[..(labelEnd + service.Length)];
    }

    /// <summary>The name of one endpoint outside the cluster, where no label says <c>svc</c>.</summary>
    public static ReadOnlySpan<byte> OfExternalEndpoint(
        PackedEndpoints group,
        int index,
        ReadOnlySpan<byte> qualifiedLabels,
        Span<byte> destination) =>
        OfEndpoint(group, index, qualifiedLabels, destination)[..^ZoneNames.Services.Length];

    /// <summary>The name of a pod: <c>POD.NAMESPACE.pod</c>.</summary>
    public static ReadOnlySpan<byte> OfPod(scoped in ClusterName name, Span<byte> destination)
    {
        var length = 0;
        Append(name.Owner, destination, ref length);
        Append(name.Namespace, destination, ref length);
        ZoneNames.Pods.CopyTo(destination[length..]);
        return destination[..(length + ZoneNames.Pods.Length)];
    }

    private static void Append(ReadOnlySpan<byte> label, Span<byte> destination, ref int length)
    {
        destination[length] = (byte)label.Length;
        label.CopyTo(destination[(length + 1)..]);
        length += label.Length + 1;
    }
}
