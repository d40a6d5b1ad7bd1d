using System.Buffers;

namespace ClusterDns.Transport.Upstream;

/// <summary>What came of an exchange. Disposed once, by whoever asked; the message's memory is borrowed until then.</summary>
public readonly struct UpstreamReply : IDisposable
{
    private readonly byte[]? _buffer;
    private readonly int _start;
    private readonly int _length;

    private UpstreamReply(UpstreamOutcome outcome, byte[]? buffer, int start, int length, string? error, bool reused)
    {
        Outcome = outcome;
        _buffer = buffer;
        _start = start;
        _length = length;
        Error = error;
        IsConnectionReused = reused;
    }

    public UpstreamOutcome Outcome { get; }

    /// <summary>The reply as received, under the id it was asked with; empty unless answered.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(_start, _length);

    /// <summary>
    /// For a log: <c>read udp 10.244.0.3:4242->10.0.0.2:53: i/o timeout</c>. Null when answered.
    /// </summary>
    public string? Error { get; }

    /// <summary>Whether the socket or connection had been open before.</summary>
    public bool IsConnectionReused { get; }

    /// <summary>
    /// The connection had been of use before it ended and gave nothing of this reply: the server closed it for reasons of
    /// its own, so the query deserves a fresh one.
    /// </summary>
    internal bool IsWorthRetrying { get; private init; }

    /// <param name="buffer">From <see cref="ArrayPool{T}.Shared"/>; given back on disposal.</param>
    /// <param name="start">First octet of the message.</param>
    /// <param name="length">Octets of the message.</param>
    /// <param name="reused">Whether the socket or connection had been open before.</param>
    public static UpstreamReply Answered(byte[] buffer, int start, int length, bool reused) =>
        new(UpstreamOutcome.Answered, buffer, start, length, null, reused);

    public static UpstreamReply Failed(UpstreamOutcome outcome, string error, bool reused = false) =>
        new(outcome, null, 0, 0, error, reused);

    internal static UpstreamReply Lost(string error, bool reused, bool isWorthRetrying) =>
        new(UpstreamOutcome.ConnectionLost, null, 0, 0, error, reused) { IsWorthRetrying = isWorthRetrying };

    public void Dispose()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
