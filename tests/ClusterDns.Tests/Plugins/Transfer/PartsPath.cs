using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>A client over TCP that takes every message of an answer at once, and keeps it.</summary>
internal sealed class PartsPath : ReplyPath
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = [];

    public override TransportProtocol Protocol => TransportProtocol.Tcp;

    public override TransportAddress Client { get; } = TransportAddress.From(IPEndPoint.Parse(QueryFactory.Client));

    public override TransportAddress Local { get; } = TransportAddress.From(IPEndPoint.Parse(QueryFactory.Server));

    public override int Worker => 0;

    public List<byte[]> Messages { get; } = [];

    /// <summary>The last message was sent, or none will be.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The client is gone after so many messages that are not the last one.</summary>
    public int Patience { get; init; } = int.MaxValue;

    /// <summary>The first message that is not the last stays untaken.</summary>
    public bool NeverTakes { get; init; }

    public bool IsCut { get; private set; }

    public override Span<byte> GetBuffer(int size)
    {
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        return _buffer.AsSpan(0, size);
    }

    public override async ValueTask<bool> SendPartAsync(int length, CancellationToken cancellation)
    {
        Messages.Add(_buffer[..length]);
        if (NeverTakes)
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }

        return Messages.Count < Patience;
    }

    public override void Send(int length)
    {
        Messages.Add(_buffer[..length]);
        _ended.TrySetResult();
    }

    public override ReplyPath Detach() => this;

    public override void Abandon() => _ended.TrySetResult();

    public override void Cut()
    {
        IsCut = true;
        Abandon();
    }
}
