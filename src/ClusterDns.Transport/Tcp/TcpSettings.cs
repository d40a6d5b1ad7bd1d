namespace ClusterDns.Transport.Tcp;

/// <summary>A listener's options as they are now. Connections look here each time, so that a change reaches all of them.</summary>
internal sealed class TcpSettings(TcpOptions options)
{
    private TcpOptions _current = options;

    public TcpOptions Current => Volatile.Read(ref _current);

    /// <summary>Takes over what can change while connections are open: their times, and how many queries each may ask.</summary>
    public void Use(TcpOptions options) => Volatile.Write(ref _current, Current with
    {
        ReadTimeout = options.ReadTimeout,
        WriteTimeout = options.WriteTimeout,
        IdleTimeout = options.IdleTimeout,
        MaxQueries = options.MaxQueries,
    });
}
