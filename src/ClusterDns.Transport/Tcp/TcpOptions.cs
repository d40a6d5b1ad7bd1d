namespace ClusterDns.Transport.Tcp;

/// <summary>Every number of a <see cref="TcpQueryListener"/> that can be chosen. Times and query count default to CoreDNS's.</summary>
public sealed record TcpOptions
{
    /// <summary>Connections of one listener; fewer where the process may not open four times as many descriptors.</summary>
    public const int DefaultMaxConnections = 10_000;

    /// <summary>For a process with little memory: still some for every node of a small cluster.</summary>
    public const int LeastMaxConnections = 500;

    /// <summary>For a process with plenty: the descriptors of one listener.</summary>
    public const int UtmostMaxConnections = 40_000;

    /// <summary>The part of the process's descriptors that connections of one listener may take: the others are for upstreams and files.</summary>
    public const int DescriptorsPerConnection = 4;

    /// <summary>Connections of one client address, which may be a whole node behind address translation.</summary>
    public const int DefaultMaxConnectionsPerAddress = 100;

    /// <summary>Queries of one connection that wait for their answers; the next one is read when one of them is answered.</summary>
    public const int DefaultMaxQueriesInFlight = 100;

    /// <summary>No end to the queries of one connection.</summary>
    public const int UnlimitedQueries = -1;

    /// <summary>Octets waiting to be written to one client before no more of its queries are read.</summary>
    public const int DefaultPauseReadingAt = 64 * 1024;

    /// <summary>Octets waiting to be written to one client before it is cut off.</summary>
    public const int DefaultMaxQueuedOctets = 512 * 1024;

    /// <summary>Octets that all connections of a listener hold in borrowed buffers; who wants more then is cut off.</summary>
    public const long DefaultMaxBufferedOctets = 64 * 1024 * 1024;

    /// <summary>For a process with little memory: room for some of the longest answers.</summary>
    public const long LeastMaxBufferedOctets = 4 * 1024 * 1024;

    /// <summary>For a process with plenty.</summary>
    public const long UtmostMaxBufferedOctets = 256 * 1024 * 1024;

    /// <summary>Connections that the system completes before they are accepted; it caps this at <c>net.core.somaxconn</c>.</summary>
    public const int DefaultBacklog = 1024;

    /// <summary>The system's send buffer of a connection: left to itself it grows to megabytes for a client that does not read.</summary>
    public const int DefaultSendBufferSize = 128 * 1024;

    /// <summary>The system's receive buffer of a connection, for the same reason.</summary>
    public const int DefaultReceiveBufferSize = 64 * 1024;

    /// <summary>A silent connection is closed after this.</summary>
    public static readonly TimeSpan DefaultIdleTimeout = TimeSpan.FromSeconds(10);

    /// <summary>A query that has begun, and the first of a connection, must be there within this.</summary>
    public static readonly TimeSpan DefaultReadTimeout = TimeSpan.FromSeconds(3);

    /// <summary>A client that does not take what is written within this is cut off.</summary>
    public static readonly TimeSpan DefaultWriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A connection on which nothing has happened for this long is closed even if queries wait for answers.</summary>
    public static readonly TimeSpan DefaultAnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to close its side after the last answer.</summary>
    public static readonly TimeSpan DefaultLingerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>How long a stopping listener waits for its last answers.</summary>
    public static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long before it closes a listener takes no new handshakes, so that those under way come to their end: more than a
    /// way there and back inside a cluster. Who knocks meanwhile waits a second.
    /// </summary>
    public static readonly TimeSpan DefaultHandshakeTime = TimeSpan.FromMilliseconds(20);

    /// <summary>A stopping listener ends a connection when nothing has come and nothing is left to send for this long.</summary>
    public static readonly TimeSpan DefaultQuietTime = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a stopping listener waits for a quiet moment of each connection; then it ends them at the next answer.</summary>
    public static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How often a stopping listener looks for connections that are quiet.</summary>
    public static readonly TimeSpan DefaultDrainCheckInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>How often connections are looked at for a timeout: they end up to this much late.</summary>
    public static readonly TimeSpan DefaultTimeoutCheckInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How many values <see cref="ReplyPath.Worker"/> takes, from 0.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    public int MaxConnections { get; init; } = DefaultMaxConnections;

    public int MaxConnectionsPerAddress { get; init; } = DefaultMaxConnectionsPerAddress;

    public int MaxQueriesInFlight { get; init; } = DefaultMaxQueriesInFlight;

    /// <summary>Queries answered on one connection before it is closed, or <see cref="UnlimitedQueries"/>.</summary>
    public int MaxQueries { get; init; } = UnlimitedQueries;

    public int PauseReadingAt { get; init; } = DefaultPauseReadingAt;

    public int MaxQueuedOctets { get; init; } = DefaultMaxQueuedOctets;

    public long MaxBufferedOctets { get; init; } = DefaultMaxBufferedOctets;

    public int Backlog { get; init; } = DefaultBacklog;

    public int SendBufferSize { get; init; } = DefaultSendBufferSize;

    public int ReceiveBufferSize { get; init; } = DefaultReceiveBufferSize;

    /// <summary>Whether another process of the same user may listen beside this one, so that one can take over from the other.</summary>
    public bool SharesPort { get; init; } = true;

    public TimeSpan IdleTimeout { get; init; } = DefaultIdleTimeout;

    public TimeSpan ReadTimeout { get; init; } = DefaultReadTimeout;

    public TimeSpan WriteTimeout { get; init; } = DefaultWriteTimeout;

    public TimeSpan AnswerTimeout { get; init; } = DefaultAnswerTimeout;

    public TimeSpan LingerTimeout { get; init; } = DefaultLingerTimeout;

    public TimeSpan StopTimeout { get; init; } = DefaultStopTimeout;

    public TimeSpan HandshakeTime { get; init; } = DefaultHandshakeTime;

    public TimeSpan QuietTime { get; init; } = DefaultQuietTime;

    public TimeSpan DrainTimeout { get; init; } = DefaultDrainTimeout;

    public TimeSpan DrainCheckInterval { get; init; } = DefaultDrainCheckInterval;

    public TimeSpan TimeoutCheckInterval { get; init; } = DefaultTimeoutCheckInterval;

    /// <summary>
    /// Octets waiting to be written to one client before an answer of many messages goes on: half of
    /// <see cref="PauseReadingAt"/>, so that queries behind it on the connection are read and answered meanwhile.
    /// </summary>
    internal int PausePartsAt => Math.Max(1, PauseReadingAt / 2);

    /// <summary>These options, with no more connections than a process with so many descriptors can afford.</summary>
    internal TcpOptions Within(int? descriptors) =>
        descriptors / DescriptorsPerConnection is { } most && most < MaxConnections
            ? this with { MaxConnections = Math.Max(1, most) }
            : this;

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnectionsPerAddress, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueriesInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PauseReadingAt, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedOctets, PauseReadingAt);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DrainCheckInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TimeoutCheckInterval, TimeSpan.Zero);
    }
}
