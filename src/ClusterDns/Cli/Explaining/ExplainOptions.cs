using ClusterDns.Wire;

namespace ClusterDns.Cli.Explaining;

/// <summary>What <c>explain</c> was told.</summary>
internal sealed record ExplainOptions
{
    /// <summary>As a program would look it up.</summary>
    public required string Name { get; init; }

    public RecordType Type { get; init; } = RecordType.A;

    /// <summary>A namespace, a pod or an address; null for this machine.</summary>
    public string? From { get; init; }

    /// <summary>Page of a running server; null to be the server.</summary>
    public Uri? Server { get; init; }

    public string? CorefilePath { get; init; }

    public string? ManifestPath { get; init; }

    public string? KubeconfigPath { get; init; }

    public bool IsJson { get; init; }
}
