using System.Buffers;

namespace ClusterDns.Transport.Tcp;

/// <summary>The path of the query that a connection is handing on just now.</summary>
internal sealed class TcpReplyPath(TcpConnection connection, int worker) : InlineReplyPath(worker)
{
    private byte[] _room = [];

    public override TransportProtocol Protocol => TransportProtocol.Tcp;

    public override TransportAddress Client => connection.Client;

    public override TransportAddress Local => connection.Local;

    public void Begin() => Renew();

    /// <summary>Gives the memory back when the connection has nothing more to hand on.</summary>
    public void Release()
    {
        if (_room.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_room);
            _room = [];
        }
    }

    protected override Span<byte> Room(int size)
    {
        if (_room.Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(size);
            _room.CopyTo(larger, 0);
            Release();
            _room = larger;
        }

        return _room.AsSpan(0, size);
    }

    protected override void Dispatch(int length) => connection.Add(_room.AsSpan(0, length));

    protected override ReplyPath Continue() => connection.Detach(this);
}
