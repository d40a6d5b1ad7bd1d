namespace ClusterDns.Transport.Tcp;

/// <summary>The path of a query in flight. It holds its connection, which counts it until it ends.</summary>
internal sealed class DetachedTcpPath : DetachedReplyPath
{
    private TcpConnection? _connection;

    public override TransportProtocol Protocol => TransportProtocol.Tcp;

    public void Begin(ReplyPath inline, TcpConnection connection)
    {
        _connection = connection;
        Begin(inline);
    }

    protected override void Dispatch(ReadOnlySpan<byte> reply) => _connection!.AddAndFlush(reply);

    protected override ValueTask<bool> DispatchPartAsync(ReadOnlySpan<byte> part, CancellationToken cancellation) =>
        _connection!.AddPartAsync(part, cancellation);

    protected override void CutOff() => _connection!.End();

    protected override void Finish()
    {
        var connection = _connection!;
        _connection = null;
        connection.EndInFlight(this);
    }
}
