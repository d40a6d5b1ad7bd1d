using System.Net;
using ClusterDns.Transport;

namespace ClusterDns.Testing;

/// <summary>A client that keeps what it is sent.</summary>
internal sealed class RecordingReplyPath(TransportProtocol protocol, IPEndPoint client, IPEndPoint server) : ReplyPath
{
    private byte[] _buffer = [];

    public override TransportProtocol Protocol => protocol;

    public override TransportAddress Client { get; } = TransportAddress.From(client);

    public override TransportAddress Local { get; } = TransportAddress.From(server);

    public override int Worker => 0;

    /// <summary>The reply; null as long as none was sent.</summary>
    public byte[]? Sent { get; private set; }

    public bool IsDetached { get; private set; }

    public bool IsAbandoned { get; private set; }

    public override Span<byte> GetBuffer(int size)
    {
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        return _buffer;
    }

    public override void Send(int length) =>
        Sent = Sent is null ? _buffer[..length] : throw new InvalidOperationException("A second reply to one packet");

    public override ReplyPath Detach()
    {
        IsDetached = true;
        return this;
    }

    public override void Abandon() => IsAbandoned = true;
}
