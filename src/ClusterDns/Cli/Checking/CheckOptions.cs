namespace ClusterDns.Cli.Checking;

/// <summary>What is to be checked, and against what.</summary>
internal sealed record CheckOptions
{
    /// <summary>The <c>-conf</c> value; null for the default.</summary>
    public string? CorefilePath { get; init; }

    /// <summary>Port of keys that name none.</summary>
    public int DefaultPort { get; init; } = 53;

    /// <summary>Manifests that stand for the cluster; null for none.</summary>
    public string? ManifestPath { get; init; }

    /// <summary>Leads to the cluster; null for none.</summary>
    public string? KubeconfigPath { get; init; }
}
