using ClusterDns.Transport;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>A client whose address is asked for and that is sent nothing.</summary>
internal sealed class SilentReplyPath : ReplyPath
{
    public override TransportProtocol Protocol => TransportProtocol.Udp;

    public override TransportAddress Client => default;

    public override TransportAddress Local => default;

    public override int Worker => 0;

    public override Span<byte> GetBuffer(int size) => throw new InvalidOperationException("Nothing is sent here");

    public override void Send(int length) => throw new InvalidOperationException("Nothing is sent here");

    public override ReplyPath Detach() => this;

    public override void Abandon()
    {
    }
}
