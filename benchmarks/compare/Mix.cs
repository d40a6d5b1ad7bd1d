namespace ClusterDns.Compare;

/// <summary>What is asked, and how.</summary>
/// <param name="Name">Short, for files and <c>--mix</c>.</param>
/// <param name="Title">For tables.</param>
/// <param name="Source">Who knows the answers.</param>
/// <param name="Queries">The lines of the query file; each round has its own where names must be new.</param>
/// <param name="Flags">Of dnsperf: transport, connections, EDNS.</param>
internal sealed record Mix(string Name, string Title, MixSource Source, Func<int, IEnumerable<string>> Queries, params string[] Flags)
{
    public static readonly string[] Udp = ["-c", "20", "-q", "300"];
    public static readonly string[] TcpPipelined = ["-m", "tcp", "-c", "20", "-q", "300"];

    /// <summary>Measured in the short form too.</summary>
    public bool IsQuick { get; init; }

    /// <summary>Latency at a fixed rate is measured as well.</summary>
    public bool HasLatency { get; init; }

    /// <summary>The largest number of names that must be in a cache for this mix.</summary>
    public int CachedNames { get; init; }

    /// <summary>A TCP connection for each query, by <see cref="OneShotTcp"/>.</summary>
    public bool IsOneShot { get; init; }

    public bool IsTcp => IsOneShot || Flags.Contains("tcp");
}
