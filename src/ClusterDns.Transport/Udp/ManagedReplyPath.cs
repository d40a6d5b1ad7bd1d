using System.Net;
using ClusterDns.Transport.Native;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Udp;

/// <summary>The path of the packet that a <see cref="ManagedUdpWorker"/> has received last; the reply leaves at once.</summary>
internal sealed class ManagedReplyPath(
    int worker,
    TransportAddress bound,
    SocketAddress client,
    IDatagramSender sender,
    UdpWorkerCounters counters,
    LateReplies late) : InlineReplyPath(worker)
{
    private readonly byte[] _reply = new byte[MessageHeader.MaxMessageSize];

    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public override TransportAddress Client => SocketAddressReader.Read(ClientName);

    public override TransportAddress Local => bound;

    private ReadOnlySpan<byte> ClientName => client.Buffer.Span[..client.Size];

    public void Begin() => Renew();

    protected override Span<byte> Room(int size) => _reply.AsSpan(0, size);

    protected override void Dispatch(int length)
    {
        if (sender.TrySend(_reply.AsSpan(0, length), client, default))
        {
            counters.Sent++;
        }
        else
        {
            counters.SendFailures++;
        }
    }

    protected override ReplyPath Continue() => late.Begin(this, ClientName, default);
}
