namespace ClusterDns.Plugins.Chaos;

/// <summary>What a <c>chaos</c> directive says.</summary>
/// <param name="Version">Of the server.</param>
/// <param name="Authors">Of the server, one record each.</param>
internal sealed record ChaosOptions(string Version, IReadOnlyList<string> Authors)
{
    public const string DefaultAuthors = "The ClusterDns authors";
}
