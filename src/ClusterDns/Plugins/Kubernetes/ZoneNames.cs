namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Labels of the names that every cluster zone has, as they stand in front of the zone on the wire.</summary>
internal static class ZoneNames
{
    /// <summary><c>ns.dns</c></summary>
    public static ReadOnlySpan<byte> NameServer => "\u0002ns\u0003dns"u8;

    /// <summary><c>hostmaster</c></summary>
    public static ReadOnlySpan<byte> Hostmaster => "\u000ahostmaster"u8;

    /// <summary><c>dns-version</c></summary>
    public static ReadOnlySpan<byte> Version => "\u000bdns-version"u8;

    /// <summary><c>svc</c></summary>
    public static ReadOnlySpan<byte> Services => "\u0003svc"u8;

    /// <summary><c>pod</c></summary>
    public static ReadOnlySpan<byte> Pods => "\u0003pod"u8;
}
