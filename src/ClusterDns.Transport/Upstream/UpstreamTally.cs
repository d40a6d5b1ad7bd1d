namespace ClusterDns.Transport.Upstream;

/// <summary>The counts behind <see cref="UpstreamCounters"/>; any thread counts, by <see cref="Interlocked"/>.</summary>
internal sealed class UpstreamTally
{
    public long UdpSocketsOpened;
    public long ConnectionsOpened;
    public long Malformed;
    public long Mismatched;
    public long Unasked;
    public long Cut;
    public long Retried;

    public UpstreamCounters Read(UpstreamChannels udp, UpstreamChannels streams) => new(
        udp.Count,
        streams.Count,
        udp.InFlight + streams.InFlight,
        Volatile.Read(ref UdpSocketsOpened),
        Volatile.Read(ref ConnectionsOpened),
        Volatile.Read(ref Malformed),
        Volatile.Read(ref Mismatched),
        Volatile.Read(ref Unasked),
        Volatile.Read(ref Cut),
        Volatile.Read(ref Retried));
}
