namespace ClusterDns.Plugins.Reload;

/// <summary>How often the Corefile is looked at.</summary>
/// <param name="Interval">From one look to the next, on average.</param>
/// <param name="Jitter">Each wait is longer or shorter by up to half of this, so that replicas don't all reload at once.</param>
internal sealed record ReloadOptions(TimeSpan Interval, TimeSpan Jitter)
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultJitter = TimeSpan.FromSeconds(15);
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan ShortestJitter = TimeSpan.FromSeconds(1);

    /// <summary>A wait, for a number between 0 and 1.</summary>
    public TimeSpan Wait(double chance) => Interval + (Jitter * (chance - 0.5));
}
