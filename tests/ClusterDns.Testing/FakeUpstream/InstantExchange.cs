using System.Buffers;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;

namespace ClusterDns.Testing;

/// <summary>An upstream without sockets that answers on the spot: with whatever octets, as long as they are a message.</summary>
/// <param name="answer">The reply to a message; null is silence until the time is over, which it is at once.</param>
internal sealed class InstantExchange(Func<ReadOnlyMemory<byte>, byte[]?> answer) : IUpstreamExchange
{
    public ValueTask<UpstreamReply> ExchangeAsync(
        ReadOnlyMemory<byte> query, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation)
    {
        if (answer(query) is not { } reply)
        {
            return new ValueTask<UpstreamReply>(UpstreamReply.Failed(UpstreamOutcome.TimedOut, "i/o timeout"));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(reply.Length);
        reply.CopyTo(buffer, 0);
        return new ValueTask<UpstreamReply>(UpstreamReply.Answered(buffer, 0, reply.Length, reused: true));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
