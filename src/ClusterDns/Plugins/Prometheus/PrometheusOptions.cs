namespace ClusterDns.Plugins.Prometheus;

/// <summary>What a <c>prometheus</c> directive says.</summary>
/// <param name="Address">Where the page is served.</param>
/// <param name="RuntimeMetrics">Export what the .NET runtime knows of itself too.</param>
internal sealed record PrometheusOptions(string Address, bool RuntimeMetrics)
{
    public const string DefaultAddress = "localhost:9153";
}
