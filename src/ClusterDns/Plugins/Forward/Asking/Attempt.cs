using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>What one upstream made of one question. Disposed once: its reply's memory is borrowed.</summary>
internal sealed class Attempt : IDisposable
{
    private readonly UpstreamReply _reply;
    private readonly ReplyFields _fields;

    public Attempt(Upstream upstream, UpstreamReply reply, ReadOnlySpan<byte> question)
    {
        Upstream = upstream;
        _reply = reply;
        if (reply.Outcome != UpstreamOutcome.Answered)
        {
            Error = reply.Error ?? $"{upstream.Address}: {reply.Outcome}";
        }
        else if (!ReplyReader.TryRead(reply.Message.Span, out _fields) || !IsToThePoint(question))
        {
            Error = $"{upstream.Address} sent a malformed reply";
        }
    }

    public Upstream Upstream { get; }

    public UpstreamOutcome Outcome => _reply.Outcome;

    public bool IsConnectionReused => _reply.IsConnectionReused;

    /// <summary>Why there is no reply, or none that makes sense; null when there is one.</summary>
    public string? Error { get; }

    /// <summary>What of <see cref="Error"/> a client may be told.</summary>
    public FailureReason Reason => Outcome switch
    {
        UpstreamOutcome.Answered => FailureReason.MalformedReply,
        UpstreamOutcome.TimedOut => FailureReason.UpstreamTimedOut,
        UpstreamOutcome.Unreachable => FailureReason.UpstreamUnreachable,
        UpstreamOutcome.ConnectionLost => FailureReason.ConnectionLost,
        UpstreamOutcome.InsecureConnection => FailureReason.InsecureConnection,

        // Busy or stopping: our own affair.
        _ => FailureReason.None,
    };

    public ReadOnlySpan<byte> Message => _reply.Message.Span;

    /// <summary>Good without <see cref="Error"/>.</summary>
    public ref readonly ReplyFields Fields => ref _fields;

    public void Dispose() => _reply.Dispose();

    // Servers that could not read the question repeat none; all others repeat ours.
    private bool IsToThePoint(ReadOnlySpan<byte> question)
    {
        if (!_fields.HasQuestion)
        {
            return _fields.Code is not (ResponseCode.NoError or ResponseCode.NameError);
        }

        var length = _fields.QuestionEnd - MessageHeader.Size;
        return MessageHeader.Size + length <= question.Length
            && _fields.Repeats(Message, question.Slice(MessageHeader.Size, length));
    }
}
