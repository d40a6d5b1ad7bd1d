namespace ClusterDns.Plugins.Health;

/// <summary>What a <c>health</c> directive says.</summary>
/// <param name="Address">Where the page is served.</param>
/// <param name="Lameduck">How long the process goes on answering after it was told to stop.</param>
/// <param name="HasWatchdog">Whether the page turns red when a DNS listener answers no more.</param>
internal sealed record HealthOptions(string Address, TimeSpan Lameduck, bool HasWatchdog = false)
{
    public const string DefaultAddress = ":8080";

    public const string Path = "/health";
}
