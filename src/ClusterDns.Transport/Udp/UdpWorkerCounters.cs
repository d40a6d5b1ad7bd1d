namespace ClusterDns.Transport.Udp;

/// <summary>One worker's share of <see cref="UdpListenerCounters"/>: written by its thread alone, except for late replies.</summary>
internal sealed class UdpWorkerCounters
{
    public long Received;
    public long Sent;
    public long Cut;
    public long SendFailures;
    public long ReceiveFailures;
    public long HandlerFailures;

    private long _lateSent;
    private long _lateFailures;

    /// <summary>A reply from any thread has left, or has not.</summary>
    public void CountLate(bool isSent) => Interlocked.Increment(ref isSent ? ref _lateSent : ref _lateFailures);

    public UdpListenerCounters Read(long overflowed) => new(
        Volatile.Read(ref Received),
        Volatile.Read(ref Sent) + Volatile.Read(ref _lateSent),
        Volatile.Read(ref Cut),
        overflowed,
        Volatile.Read(ref SendFailures) + Volatile.Read(ref _lateFailures),
        Volatile.Read(ref ReceiveFailures),
        Volatile.Read(ref HandlerFailures));
}
