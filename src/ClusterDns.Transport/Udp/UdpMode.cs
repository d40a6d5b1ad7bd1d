namespace ClusterDns.Transport.Udp;

/// <summary>How a listener asks the system for packets.</summary>
public enum UdpMode : byte
{
    /// <summary>In batches where the system can, otherwise managed.</summary>
    Automatic = 0,

    /// <summary>One packet a call through <see cref="System.Net.Sockets.Socket"/>, as on systems without recvmmsg(2).</summary>
    Managed = 1,
}
