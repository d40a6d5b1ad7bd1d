using ClusterDns.Transport;

namespace ClusterDns.Plugins.Status.Zones;

/// <summary>Where a question of our own comes from: nobody. Its reply is read from the query and never sent.</summary>
internal sealed class OwnReplyPath : ReplyPath
{
    // Nothing is cut over TCP.
    public override TransportProtocol Protocol => TransportProtocol.Tcp;

    public override TransportAddress Client { get; } = TransportAddress.From([127, 0, 0, 1], 0);

    public override TransportAddress Local => Client;

    public override int Worker => 0;

    public override Span<byte> GetBuffer(int size) => [];

    public override void Send(int length)
    {
        // Nobody waits for it.
    }

    public override ReplyPath Detach() => this;

    public override void Abandon()
    {
        // As above.
    }
}
