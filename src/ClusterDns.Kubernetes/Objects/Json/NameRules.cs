namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>How long a text from an object may be to become part of a name.</summary>
internal static class NameRules
{
    /// <summary>RFC 1035 section 2.3.4.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Kubernetes' limit for object names and <c>externalName</c>; what fits a name in text form.</summary>
    public const int MaxNameLength = 253;
}
