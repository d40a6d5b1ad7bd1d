namespace ClusterDns.Transport.Udp;

/// <summary>What a <see cref="UdpListener"/> has done since it started, all workers together.</summary>
/// <param name="Received">Packets handed to the handler.</param>
/// <param name="Sent">Replies that the system took.</param>
/// <param name="Cut">Packets dropped because they were longer than <see cref="UdpOptions.MaxQuerySize"/>.</param>
/// <param name="Overflowed">Packets that the system dropped because a receive buffer was full or their sender was held back; 0 where it does not tell.</param>
/// <param name="SendFailures">Replies that the system refused or had no room for.</param>
/// <param name="ReceiveFailures">Times that receiving itself failed.</param>
/// <param name="HandlerFailures">Packets whose handler threw.</param>
public readonly record struct UdpListenerCounters(
    long Received,
    long Sent,
    long Cut,
    long Overflowed,
    long SendFailures,
    long ReceiveFailures,
    long HandlerFailures)
{
    public static UdpListenerCounters operator +(UdpListenerCounters left, UdpListenerCounters right) => new(
        left.Received + right.Received,
        left.Sent + right.Sent,
        left.Cut + right.Cut,
        left.Overflowed + right.Overflowed,
        left.SendFailures + right.SendFailures,
        left.ReceiveFailures + right.ReceiveFailures,
        left.HandlerFailures + right.HandlerFailures);
}
