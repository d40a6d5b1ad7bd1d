using ClusterDns.Transport;

namespace ClusterDns.Testing;

/// <summary>A client that counts its replies and keeps the last: for measuring, so it allocates nothing.</summary>
internal sealed class CountingReplyPath : ReplyPath
{
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    /// <summary>The next packet follows the last one at once.</summary>
    public bool IsInBatch { get; set; }

    public override bool FollowsAtOnce => IsInBatch;

    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public override TransportAddress Client { get; } = TransportAddress.From([10, 244, 0, 5], 40000);

    public override TransportAddress Local { get; } = TransportAddress.From([10, 96, 0, 10], 53);

    public override int Worker => 0;

    public int Sent { get; private set; }

    /// <summary>The last reply and what earlier ones left behind it.</summary>
    public ReadOnlySpan<byte> Last => _buffer;

    public override Span<byte> GetBuffer(int size) => _buffer.AsSpan(0, size);

    public override void Send(int length) => Sent++;

    public override ReplyPath Detach() => throw new InvalidOperationException("an answer from memory never waits");

    public override void Abandon() => throw new InvalidOperationException("nothing was detached");
}
