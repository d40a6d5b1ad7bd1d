using ClusterDns.Transport;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>Counts what the worker's thread allocates between one packet and the next, once everything is warm.</summary>
internal sealed class MeasuringHandler(DelegateHandler.Handling handling) : IPacketHandler
{
    public const int MeasuredPackets = 20_000;
    public const int Packets = WarmUpPackets + MeasuredPackets;

    private const int WarmUpPackets = 2_000;

    private long _atFirst;
    private long _atLast;
    private int _packets;

    public long AllocatedOctets => Volatile.Read(ref _atLast) - _atFirst;

    public void Handle(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        Volatile.Write(ref _atLast, GC.GetAllocatedBytesForCurrentThread());
        if (++_packets == WarmUpPackets)
        {
            _atFirst = _atLast;
        }

        handling(packet, path);
    }
}
