using ClusterDns.Transport;

namespace ClusterDns.Tests.Transport;

/// <summary>A handler written where it is used.</summary>
internal sealed class DelegateHandler(DelegateHandler.Handling handling) : IPacketHandler
{
    public delegate void Handling(ReadOnlySpan<byte> packet, ReplyPath path);

    public static DelegateHandler Echo { get; } = new(Answer);

    /// <summary>Has a fault with each packet that begins with an x, and sends others back.</summary>
    public static DelegateHandler EchoWithFaults { get; } = new((packet, path) =>
    {
        if (packet[0] == 'x')
        {
            throw new InvalidOperationException("a fault above");
        }

        Answer(packet, path);
    });

    /// <summary>Sends the packet back as it came.</summary>
    public static void Answer(ReadOnlySpan<byte> packet, ReplyPath path)
    {
        packet.CopyTo(path.GetBuffer(packet.Length));
        path.Send(packet.Length);
    }

    public void Handle(ReadOnlySpan<byte> packet, ReplyPath path) => handling(packet, path);
}
