namespace ClusterDns.Plugins.LoadBalance;

/// <summary>What a <c>loadbalance</c> directive says.</summary>
/// <param name="WeightFile">The file of the <c>weighted</c> policy; null for <c>round_robin</c>.</param>
/// <param name="Reload">How often that file is read again; zero for never.</param>
/// <param name="Preferred">Networks whose addresses come first.</param>
internal sealed record LoadBalanceOptions(
    string? WeightFile,
    TimeSpan Reload,
    IReadOnlyList<PreferredNetwork> Preferred)
{
    public static readonly TimeSpan DefaultReload = TimeSpan.FromSeconds(30);

    /// <summary>More often than this a file is not read.</summary>
    public static readonly TimeSpan ShortestReload = TimeSpan.FromMilliseconds(100);
}
