using ClusterDns.Transport.Native;

namespace ClusterDns.Transport.Udp;

/// <summary>The path of the packet in one slot of a batch; the reply waits for the others of its batch.</summary>
internal sealed class BatchedReplyPath(
    int worker,
    TransportAddress bound,
    ReceiveBatch received,
    SendBatch replies,
    LateReplies late) : InlineReplyPath(worker)
{
    private int _slot;

    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public override bool FollowsAtOnce => _slot > 0;

    public override TransportAddress Client => SocketAddressReader.Read(received.Name(_slot));

    public override TransportAddress Local =>
        PacketInfo.TryRead(received.Control(_slot), bound.Port, out var local) ? local : bound;

    public void Begin(int slot)
    {
        _slot = slot;
        Renew();
    }

    protected override Span<byte> Room(int size) => replies.Room(size);

    protected override void Dispatch(int length) => replies.Add(length, received, _slot);

    protected override ReplyPath Continue() => late.Begin(this, received.Name(_slot), received.Control(_slot));
}
