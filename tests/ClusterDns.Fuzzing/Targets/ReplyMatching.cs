using System.Buffers.Binary;
using System.Net;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>One query that waits in a channel, and one message that comes: is it the reply?</summary>
internal sealed class ReplyMatching
{
    private readonly UpstreamContext _context = new(
        new UpstreamTarget(new IPEndPoint(IPAddress.Loopback, 53)), new UpstreamOptions(), TimeProvider.System, NullLogger.Instance);

    private readonly BoundedPool<PendingQuery> _pool = new(1);

    /// <param name="message">What comes.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="hasRightId">The message is given the id that the query was sent under.</param>
    public bool IsTaken(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question, bool hasRightId)
    {
        var channel = new SocketlessChannel(_context);
        var pending = new PendingQuery(_pool, _context.Time);
        pending.Prepare(question, TimeSpan.FromHours(1), CancellationToken.None);
        channel.TryAdd(pending);
        var reply = pending.Reply;
        Span<byte> sent = message.ToArray();
        if (sent.Length >= sizeof(ushort))
        {
            BinaryPrimitives.WriteUInt16BigEndian(sent, (ushort)(hasRightId ? pending.Id : ~pending.Id));
        }

        channel.Accept(sent);
        channel.Fail(UpstreamOutcome.Cancelled, "over");
        using var result = reply.Result;
        return result.Outcome == UpstreamOutcome.Answered && result.Message.Span.SequenceEqual(sent);
    }

    private sealed class SocketlessChannel(UpstreamContext context) : UpstreamChannel(context, maxQueries: 1)
    {
        public override bool CompletesAsynchronously => false;

        protected override TimeSpan MaxAge => TimeSpan.Zero;

        public void Accept(ReadOnlySpan<byte> message) => TryAccept(message);

        protected override Task RunAsync() => Task.CompletedTask;

        protected override bool HasBeenUsed(int queries) => false;

        protected override void Close()
        {
            // There is no socket.
        }

        protected override string TimeoutText() => "over";
    }
}
