namespace ClusterDns.Transport.Tcp;

/// <summary>The counters behind <see cref="TcpListenerCounters"/>; any thread counts, by <see cref="Interlocked"/>.</summary>
internal sealed class TcpCounters
{
    public long Accepted;
    public long RefusedByTotal;
    public long RefusedByAddress;
    public long DisplacedByTotal;
    public long DisplacedByAddress;
    public long Received;
    public long Answered;
    public long TimedOut;
    public long SlowReaders;
    public long OverBudget;
    public long AcceptFailures;
    public long HandlerFailures;
    public long Ended;

    public TcpListenerCounters Read(long open, long borrowed) => new(
        open,
        borrowed,
        Volatile.Read(ref Accepted),
        Volatile.Read(ref RefusedByTotal),
        Volatile.Read(ref RefusedByAddress),
        Volatile.Read(ref DisplacedByTotal),
        Volatile.Read(ref DisplacedByAddress),
        Volatile.Read(ref Received),
        Volatile.Read(ref Answered),
        Volatile.Read(ref TimedOut),
        Volatile.Read(ref SlowReaders),
        Volatile.Read(ref OverBudget),
        Volatile.Read(ref AcceptFailures),
        Volatile.Read(ref HandlerFailures),
        Volatile.Read(ref Ended));
}
