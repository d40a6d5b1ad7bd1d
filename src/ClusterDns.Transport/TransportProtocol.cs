namespace ClusterDns.Transport;

/// <summary>How a query arrived.</summary>
public enum TransportProtocol : byte
{
    Udp = 0,
    Tcp = 1,
}
