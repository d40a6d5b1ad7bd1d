namespace ClusterDns.Transport.Tcp;

/// <summary>A connection's place in a <see cref="TcpConnectionTable"/>, which alone changes it, in its lock.</summary>
internal sealed class TcpSeat(TcpConnection connection, TcpAddressShare share)
{
    public TcpConnection Connection { get; } = connection;

    /// <summary>The connections of the same client address.</summary>
    public TcpAddressShare Share { get; } = share;

    /// <summary>Where it stands among all that are open.</summary>
    public int Index { get; set; }

    /// <summary>Before and behind it in <see cref="Share"/>.</summary>
    public TcpSeat? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public TcpSeat? Next { get; set; }

    /// <summary>Another connection has its place; this one is on its way out.</summary>
    public bool IsEnding { get; set; }
}
