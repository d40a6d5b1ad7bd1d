namespace ClusterDns.Plugins.Cache;

/// <summary>One of a cache's two tables.</summary>
/// <param name="Capacity">Entries, as configured.</param>
/// <param name="Longest">Seconds that an entry is kept at most.</param>
/// <param name="Shortest">Seconds that an entry is kept at least, unless <paramref name="Longest"/> is less.</param>
internal sealed record TableOptions(int Capacity, uint Longest, uint Shortest)
{
    /// <summary>The time that a reply is kept for, which becomes the TTL of all its records.</summary>
    public uint Clamp(uint seconds) => Math.Min(Math.Max(seconds, Shortest), Longest);
}
