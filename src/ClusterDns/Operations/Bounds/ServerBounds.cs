using ClusterDns.Plugins.Cache;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Upstream;

namespace ClusterDns.Operations.Bounds;

/// <summary>
/// How much of everything that grows with its clients a server may have, by the memory it may use. The numbers and their
/// reasons stand beside what they bound; here they are put in proportion.
/// </summary>
internal sealed record ServerBounds
{
    /// <summary>Octets that the defaults are made for: the limit of CoreDNS's own deployments, 170 MiB.</summary>
    public const long UsualMemory = 170L * 1024 * 1024;

    private static readonly ScaledBound QueriesScale =
        new(ForwardLimits.MostUnderWay, ForwardLimits.LeastUnderWay, ForwardLimits.UtmostUnderWay);

    private static readonly ScaledBound SocketsScale = new(
        UpstreamOptions.DefaultMaxUdpSockets, UpstreamOptions.LeastMaxUdpSockets, UpstreamOptions.UtmostMaxUdpSockets);

    private static readonly ScaledBound ConnectionsScale =
        new(TcpOptions.DefaultMaxConnections, TcpOptions.LeastMaxConnections, TcpOptions.UtmostMaxConnections);

    private static readonly ScaledBound BuffersScale = new(
        TcpOptions.DefaultMaxBufferedOctets, TcpOptions.LeastMaxBufferedOctets, TcpOptions.UtmostMaxBufferedOctets);

    private static readonly ScaledBound SeriesScale =
        new(SeriesBudget.DefaultMost, SeriesBudget.LeastMost, SeriesBudget.UtmostMost);

    /// <summary>Octets that the process may use; null without a limit.</summary>
    public long? Memory { get; private init; }

    /// <summary>Queries that wait for upstreams, of all <c>forward</c> directives that name no number of their own.</summary>
    public int UpstreamQueries { get; private init; }

    /// <summary>Those of them that a single client may have while no other has any.</summary>
    public int UpstreamQueriesOfOneClient => QueryAdmission.MostOfOne(UpstreamQueries);

    /// <summary>UDP sockets towards one upstream.</summary>
    public int UpstreamSockets { get; private init; }

    /// <summary>TCP connections of one listener.</summary>
    public int TcpConnections { get; private init; }

    /// <summary>Octets that all TCP connections of one listener hold in borrowed buffers.</summary>
    public long TcpBufferOctets { get; private init; }

    /// <summary>Octets in all caches together.</summary>
    public long CacheOctets { get; private init; }

    /// <summary>Sets of labels that series of metrics are kept for.</summary>
    public int MetricsSeries { get; private init; }

    /// <summary>By the control group of this process.</summary>
    public static ServerBounds OfProcess() => For(MemoryLimit.Read());

    /// <param name="memory">Octets that the process may use; null without a limit.</param>
    public static ServerBounds For(long? memory) => new()
    {
        Memory = memory,
        UpstreamQueries = (int)QueriesScale.For(memory),
        UpstreamSockets = (int)SocketsScale.For(memory),
        TcpConnections = (int)ConnectionsScale.For(memory),
        TcpBufferOctets = BuffersScale.For(memory),
        CacheOctets = CacheLimits.OctetsFor(memory),
        MetricsSeries = (int)SeriesScale.For(memory),
    };

    /// <summary>Every bound with its name in metrics and logs.</summary>
    public IEnumerable<(string Name, long Value)> All =>
    [
        ("upstream_queries", UpstreamQueries),
        ("upstream_queries_of_one_client", UpstreamQueriesOfOneClient),
        ("upstream_sockets", UpstreamSockets),
        ("tcp_connections", TcpConnections),
        ("tcp_buffer_bytes", TcpBufferOctets),
        ("cache_bytes", CacheOctets),
        ("metrics_series", MetricsSeries),
    ];

    /// <summary>One line for the log.</summary>
    public override string ToString() =>
        $"memory {(Memory is { } octets ? $"{octets}" : "unlimited")}, {string.Join(", ", All.Select(bound => $"{bound.Name} {bound.Value}"))}";
}
