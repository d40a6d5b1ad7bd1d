namespace ClusterDns.Plugins.Shortnames;

/// <summary>One <c>shortnames</c> directive.</summary>
internal sealed record ShortnamesOptions
{
    /// <summary>Longest TTL, in seconds, as <c>kubernetes</c> has it.</summary>
    public const int LongestTimeToLive = 3600;

    /// <summary>Only running pods are answered, not nodes and others that cannot be told.</summary>
    public bool PodsOnly { get; init; }

    /// <summary>TTL of the CNAME, in seconds; null for that of the cluster's records.</summary>
    public uint? TimeToLive { get; init; }

    /// <summary>Namespaces with the name of a public top-level domain that have two-label names nevertheless.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];
}
