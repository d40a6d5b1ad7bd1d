namespace ClusterDns.Transport;

/// <summary>Where the reply to one packet goes. Listeners reuse one object for packet after packet.</summary>
public abstract class ReplyPath
{
    public abstract TransportProtocol Protocol { get; }

    /// <summary>Who asked.</summary>
    public abstract TransportAddress Client { get; }

    /// <summary>The address that was asked; the reply leaves from it.</summary>
    public abstract TransportAddress Local { get; }

    /// <summary>Index of the listener's worker, from 0: a hint for spreading counters over cores.</summary>
    public abstract int Worker { get; }

    /// <summary>
    /// The packet is taken up right after the one before on this path, without waiting for it: when that one was done,
    /// this one began.
    /// </summary>
    public virtual bool FollowsAtOnce => false;

    /// <summary>
    /// Memory for a reply of up to <paramref name="size"/> octets (at most 65,535). Fill it and call
    /// <see cref="Send"/>; a second call before that gives the same memory again.
    /// </summary>
    public abstract Span<byte> GetBuffer(int size);

    /// <summary>Sends the first <paramref name="length"/> octets of the buffer. Never blocks, never throws; at most once a packet.</summary>
    public abstract void Send(int length);

    /// <summary>
    /// A path of its own for the same packet, to be used after <see cref="IPacketHandler.Handle"/> has returned, from any
    /// thread. Its owner calls <see cref="Send"/> once, or <see cref="Abandon"/>: a connection counts it as a query in
    /// flight until then.
    /// </summary>
    public abstract ReplyPath Detach();

    /// <summary>Ends a detached path without a reply.</summary>
    public abstract void Abandon();

    /// <summary>
    /// Sends the first <paramref name="length"/> octets of a detached path's buffer as one message of several (RFC 5936),
    /// and waits until the client has taken enough of what went before. The last message goes by <see cref="Send"/>. Never
    /// throws.
    /// </summary>
    /// <returns>False when no more can be sent: the client is gone, or there is no such thing as several messages here.</returns>
    public virtual ValueTask<bool> SendPartAsync(int length, CancellationToken cancellation) => new(false);

    /// <summary>
    /// Ends a detached path in the middle of an answer of several messages: the client can only be told by ending its
    /// connection.
    /// </summary>
    public virtual void Cut() => Abandon();
}
