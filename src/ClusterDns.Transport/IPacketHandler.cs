namespace ClusterDns.Transport;

/// <summary>The one seam between sockets and everything above them.</summary>
public interface IPacketHandler
{
    /// <summary>
    /// Takes one packet. Called on the listener's own thread, by many listeners at once, so it must neither block nor
    /// throw. It answers through <paramref name="path"/> before it returns, or keeps what <see cref="ReplyPath.Detach"/>
    /// gives and answers later, or does neither: then the packet gets no reply.
    /// </summary>
    /// <param name="packet">The packet; its memory is reused when the call returns.</param>
    /// <param name="path">Where the reply goes; good until the call returns.</param>
    void Handle(ReadOnlySpan<byte> packet, ReplyPath path);
}
