using ClusterDns.Wire;

namespace ClusterDns.Transport.Udp;

/// <summary>Every number of a <see cref="UdpListener"/> that can be chosen.</summary>
public sealed record UdpOptions
{
    /// <summary>Packets of one system call: beyond this a batch saves nothing more and only delays its first reply.</summary>
    public const int DefaultBatchSize = 64;

    /// <summary>Queries are small, but cookies, padding and signatures make some that 512 octets do not hold.</summary>
    public const int DefaultMaxQuerySize = 4096;

    /// <summary>Some thousand queries: what arrives while a core is busy with something else for a few milliseconds.</summary>
    public const int DefaultReceiveBufferSize = 4 * 1024 * 1024;

    /// <summary>Most workers of one listener, as many as CoreDNS's <c>multisocket</c> takes.</summary>
    public const int MostWorkers = 1024;

    /// <summary>Most packets of one system call (UIO_MAXIOV).</summary>
    public const int LargestBatch = 1024;

    /// <summary>How long a waiting worker may go without looking whether it is to stop.</summary>
    public static readonly TimeSpan DefaultStopCheckInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stopping listener waits for its last replies.</summary>
    public static readonly TimeSpan DefaultStopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after a socket was withdrawn packets may come that the kernel had chosen it for: microseconds, unless the
    /// core that did so was interrupted.
    /// </summary>
    public static readonly TimeSpan DefaultSettleTime = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a worker waits for room in the system's send buffer before the replies are dropped.</summary>
    public static readonly TimeSpan DefaultSendTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Sockets and threads, 1 to <see cref="MostWorkers"/>; one where the system cannot spread packets over sockets.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Packets of one system call, 1 to <see cref="LargestBatch"/>.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>Largest query in octets; a larger datagram is dropped and counted.</summary>
    public int MaxQuerySize { get; init; } = DefaultMaxQuerySize;

    /// <summary>Octets of the system's receive buffer, per worker; the system may give less.</summary>
    public int ReceiveBufferSize { get; init; } = DefaultReceiveBufferSize;

    /// <summary>Whether another process of the same user may listen beside this one, so that one can take over from the other.</summary>
    public bool SharesPort { get; init; } = true;

    public UdpMode Mode { get; init; }

    public TimeSpan StopCheckInterval { get; init; } = DefaultStopCheckInterval;

    public TimeSpan StopTimeout { get; init; } = DefaultStopTimeout;

    public TimeSpan SettleTime { get; init; } = DefaultSettleTime;

    public TimeSpan SendTimeout { get; init; } = DefaultSendTimeout;

    internal void ThrowIfOutOfRange()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Workers, MostWorkers);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchSize, LargestBatch);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQuerySize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxQuerySize, MessageHeader.MaxMessageSize);
    }
}
