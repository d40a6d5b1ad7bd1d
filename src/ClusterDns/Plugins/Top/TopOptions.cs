namespace ClusterDns.Plugins.Top;

/// <summary>What a <c>top</c> directive says.</summary>
internal sealed record TopOptions
{
    /// <summary>Costs a query from memory less than 3 % of its time (TopBenchmarks).</summary>
    public const int DefaultSample = 128;

    /// <summary>So rare a sample tells nothing any more.</summary>
    public const int LargestSample = 65536;

    /// <summary>The page's path.</summary>
    public const string Path = "/top";

    /// <summary>Where <c>ClusterDns top</c> asks unless it is told another address.</summary>
    public const string UsualAddress = "localhost:9154";

    /// <summary>Where the page is served; null for nowhere.</summary>
    public string? Address { get; init; }

    /// <summary>One in so many queries is looked at.</summary>
    public int Sample { get; init; } = DefaultSample;

    /// <summary>Show the most frequent as metrics.</summary>
    public bool Exports { get; init; }
}
