using ClusterDns.Transport;

namespace ClusterDns.Explaining;

/// <summary>A client that is not there: keeps the reply to its one question.</summary>
/// <param name="client">Who it is taken for.</param>
internal sealed class CapturedReply(TransportAddress client) : ReplyPath
{
    private readonly TaskCompletionSource<byte[]?> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = [];
    private bool _isDetached;

    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public override TransportAddress Client => client;

    public override TransportAddress Local => ExplainedClient.Loopback;

    public override int Worker => 0;

    /// <summary>The reply, or null when there will be none.</summary>
    public Task<byte[]?> Reply => _reply.Task;

    public override Span<byte> GetBuffer(int size)
    {
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        return _buffer.AsSpan(0, size);
    }

    public override void Send(int length) => _reply.TrySetResult(_buffer[..length]);

    public override ReplyPath Detach()
    {
        _isDetached = true;
        return this;
    }

    public override void Abandon() => _reply.TrySetResult(null);

    /// <summary>The handler has returned: unless it took the path with it, nothing more will come.</summary>
    public void EndCall()
    {
        if (!_isDetached)
        {
            _reply.TrySetResult(null);
        }
    }
}
