namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary><c>sequential</c>: in the order of the Corefile.</summary>
internal sealed class SequentialPolicy : IUpstreamPolicy
{
    public void Arrange(Span<Upstream> upstreams)
    {
        // They come in that order.
    }
}
