using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Native;

namespace ClusterDns.Transport.Udp;

/// <summary>The way back for one datagram, copied out of its batch.</summary>
internal sealed class DetachedUdpPath(LateReplies owner) : DetachedReplyPath
{
    private readonly SocketAddress _client = new(AddressFamily.InterNetworkV6, SocketAddressReader.Capacity);
    private readonly byte[] _packetInfo = new byte[PacketInfo.Capacity];
    private int _packetInfoLength;

    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public void Begin(ReplyPath inline, ReadOnlySpan<byte> client, ReadOnlySpan<byte> packetInfo)
    {
        _client.Size = client.Length;
        client.CopyTo(_client.Buffer.Span);
        packetInfo.CopyTo(_packetInfo);
        _packetInfoLength = packetInfo.Length;
        PacketInfo.PrepareReply(_packetInfo.AsSpan(0, _packetInfoLength));
        Begin(inline);
    }

    protected override void Dispatch(ReadOnlySpan<byte> reply) =>
        owner.Send(reply, _client, _packetInfo.AsSpan(0, _packetInfoLength));

    protected override void Finish() => owner.End(this);
}
