using ClusterDns.Operations.Bounds;
using ClusterDns.Transport.Tcp;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Serving;

/// <summary>
/// What a server block asks of the listeners it is served on. Null where it leaves a number as it is; of blocks on one
/// listener, the first one that asks is heard.
/// </summary>
internal sealed record ListenerSettings
{
    /// <summary>UDP sockets, from <c>multisocket</c>.</summary>
    public int? Sockets { get; init; }

    /// <summary>From <c>timeouts read</c>: the first query of a TCP connection, and one that has begun.</summary>
    public TimeSpan? ReadTimeout { get; init; }

    /// <summary>From <c>timeouts write</c>.</summary>
    public TimeSpan? WriteTimeout { get; init; }

    /// <summary>From <c>timeouts idle</c>.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>From <c>timeouts maxtcpqueries</c>; -1 for no limit.</summary>
    public int? MaxTcpQueries { get; init; }

    /// <summary>These settings, and those of <paramref name="other"/> where these are silent.</summary>
    public ListenerSettings Or(ListenerSettings other) => new()
    {
        Sockets = Sockets ?? other.Sockets,
        ReadTimeout = ReadTimeout ?? other.ReadTimeout,
        WriteTimeout = WriteTimeout ?? other.WriteTimeout,
        IdleTimeout = IdleTimeout ?? other.IdleTimeout,
        MaxTcpQueries = MaxTcpQueries ?? other.MaxTcpQueries,
    };

    /// <summary>Options for UDP; what these settings are silent about has its default.</summary>
    public UdpOptions ToUdpOptions()
    {
        var options = new UdpOptions();
        return options with { Workers = Sockets ?? options.Workers };
    }

    /// <summary>Options for TCP; what these settings are silent about has its default.</summary>
    /// <param name="bounds">The server's.</param>
    public TcpOptions ToTcpOptions(ServerBounds bounds)
    {
        var options = new TcpOptions();
        return options with
        {
            MaxConnections = bounds.TcpConnections,
            MaxBufferedOctets = bounds.TcpBufferOctets,
            ReadTimeout = ReadTimeout ?? options.ReadTimeout,
            WriteTimeout = WriteTimeout ?? options.WriteTimeout,
            IdleTimeout = IdleTimeout ?? options.IdleTimeout,
            MaxQueries = MaxTcpQueries ?? options.MaxQueries,
        };
    }
}
