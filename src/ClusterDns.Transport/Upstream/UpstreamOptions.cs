using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>Every number of an <see cref="UpstreamClient"/>. What CoreDNS has a default for defaults to it.</summary>
public sealed record UpstreamOptions
{
    /// <summary>As many idle sockets and connections as may be open at all.</summary>
    public const int UnlimitedIdle = 0;

    /// <summary>
    /// Connections to one upstream. As long as fewer are open no query waits behind another: many servers, CoreDNS among
    /// them, answer the queries of a connection one after the other.
    /// </summary>
    public const int DefaultMaxConnections = 32;

    /// <summary>
    /// Connections open at all, as a multiple of the most that get queries: the rest get no more and wait for their last
    /// replies.
    /// </summary>
    public const int RetiredFactor = 2;

    /// <summary>Half of all ids.</summary>
    public const int MostQueriesPerChannel = 32_768;

    /// <summary>Queries waiting for their replies on one connection.</summary>
    public const int DefaultMaxQueriesPerConnection = 1024;

    /// <summary>Octets on one connection that the system has not taken yet.</summary>
    public const int DefaultMaxQueuedOctets = 256 * 1024;

    /// <summary>UDP sockets, and so source ports, that queries are spread over at random.</summary>
    public const int DefaultUdpPorts = 32;

    /// <summary>
    /// UDP sockets open at all: those in use, and those that get no more queries but wait for their last replies.
    /// </summary>
    public const int DefaultMaxUdpSockets = 512;

    /// <summary>For a process with little memory, at 8 KiB each: twice those in use.</summary>
    public const int LeastMaxUdpSockets = 2 * DefaultUdpPorts;

    /// <summary>For a process with plenty: what a descriptor each leaves to others.</summary>
    public const int UtmostMaxUdpSockets = 2048;

    /// <summary>
    /// Queries that a UDP socket sends before another one takes its place, and so the most that can wait on it. Against a
    /// socket for each query it saves 33 us and 2.2 KB, against one for ever it costs nothing that can be measured
    /// (README), and it leaves an attacker little time to find the port.
    /// </summary>
    public const int DefaultQueriesPerUdpSocket = 64;

    /// <summary>
    /// Octets of a UDP reply unless the query allows more; a longer one counts as truncated. One less than an array of the
    /// pool has: the last one tells that there was more.
    /// </summary>
    public const int DefaultUdpReplySize = 8191;

    /// <summary>Idle sockets and connections are closed after this.</summary>
    public static readonly TimeSpan DefaultExpire = TimeSpan.FromSeconds(10);

    /// <summary>A UDP socket gets no more queries once it is so old, however few it has sent.</summary>
    public static readonly TimeSpan DefaultUdpSocketAge = TimeSpan.FromSeconds(10);

    /// <summary>How often sockets and connections are looked at while any is open: they close up to this much late.</summary>
    public static readonly TimeSpan DefaultSweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>An attempt to connect may take at least this long.</summary>
    public static readonly TimeSpan ShortestDialTimeout = TimeSpan.FromSeconds(1);

    /// <summary>An attempt to connect may take at most this long; between the two, twice the average of those before.</summary>
    public static readonly TimeSpan LongestDialTimeout = TimeSpan.FromSeconds(30);

    public TimeSpan Expire { get; init; } = DefaultExpire;

    /// <summary>Sockets and connections kept open without queries, each kind by itself, or <see cref="UnlimitedIdle"/>.</summary>
    public int MaxIdleConnections { get; init; } = UnlimitedIdle;

    /// <summary>A connection gets no more queries once it is so old; zero for no limit.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>Address that queries come from, of the upstream's family; null lets the system choose.</summary>
    public IPAddress? SourceAddress { get; init; }

    public int MaxConnections { get; init; } = DefaultMaxConnections;

    public int MaxQueriesPerConnection { get; init; } = DefaultMaxQueriesPerConnection;

    public int MaxQueuedOctets { get; init; } = DefaultMaxQueuedOctets;

    public int UdpPorts { get; init; } = DefaultUdpPorts;

    public int MaxUdpSockets { get; init; } = DefaultMaxUdpSockets;

    public int QueriesPerUdpSocket { get; init; } = DefaultQueriesPerUdpSocket;

    public int UdpReplySize { get; init; } = DefaultUdpReplySize;

    public TimeSpan UdpSocketAge { get; init; } = DefaultUdpSocketAge;

    public TimeSpan SweepInterval { get; init; } = DefaultSweepInterval;

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxIdleConnections, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(UdpPorts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxUdpSockets, UdpPorts);
        ArgumentOutOfRangeException.ThrowIfLessThan(UdpReplySize, MessageHeader.MinUdpPayloadSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(UdpReplySize, MessageHeader.MaxMessageSize);
        ThrowIfNoShareOfIds(QueriesPerUdpSocket);
        ThrowIfNoShareOfIds(MaxQueriesPerConnection);
    }

    /// <summary>An id is drawn until it is free: there must be more free ones than taken ones.</summary>
    private static void ThrowIfNoShareOfIds(int queries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(queries, MostQueriesPerChannel);
    }
}
