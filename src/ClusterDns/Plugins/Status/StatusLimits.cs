namespace ClusterDns.Plugins.Status;

/// <summary>The bounds of the page: whoever reaches its address may cost little.</summary>
internal static class StatusLimits
{
    /// <summary>Samples kept: fifteen minutes of them.</summary>
    public const int Samples = 900;

    /// <summary>Changes of the cluster kept for whoever opens the page.</summary>
    public const int Changes = 200;

    /// <summary>Pages open at a time, over all addresses.</summary>
    public const int Streams = 32;

    /// <summary>Followers of queries at a time.</summary>
    public const int Tails = 4;

    /// <summary>Queries that a follower is shown in a second; the others are counted.</summary>
    public const int TailLinesPerSecond = 50;

    /// <summary>Queries that wait to be written to a slow follower; further ones are dropped.</summary>
    public const int TailQueue = 128;

    /// <summary>Rows of each table: blocks, caches, upstreams, watches.</summary>
    public const int Rows = 100;

    /// <summary>Entries of a cache that one look-up shows.</summary>
    public const int CacheEntries = 200;

    /// <summary>Look-ups, flushes and dumps at a time: each may walk all there is.</summary>
    public const int Walks = 1;

    /// <summary>Characters of a name or filter that is asked for.</summary>
    public const int Words = 1100;

    /// <summary>Time between two samples, and between two events of a page.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>For one write; a reader that takes nothing for so long is let go.</summary>
    public static readonly TimeSpan Write = TimeSpan.FromSeconds(5);

    /// <summary>For a turn to walk; then 503.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
}
