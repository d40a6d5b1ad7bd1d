using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>The messages behind the first one of an answer that takes several (RFC 5936, 2.2).</summary>
internal abstract class ReplyStream
{
    /// <summary>How long all of it may take; a client that is slower is cut off.</summary>
    public abstract TimeSpan MostTime { get; }

    /// <summary>Writes the next message into <paramref name="reply"/>, whatever that holds; false when it is the last one.</summary>
    public abstract bool WriteNext(Reply reply);

    /// <summary>Nothing more will be asked for; said once.</summary>
    /// <param name="isWhole">The last message was sent.</param>
    public abstract void End(bool isWhole);
}
