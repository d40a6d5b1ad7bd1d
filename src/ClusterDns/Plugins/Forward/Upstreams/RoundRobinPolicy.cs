namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary><c>round_robin</c>: each query begins one upstream further on.</summary>
internal sealed class RoundRobinPolicy : IUpstreamPolicy
{
    private uint _next;

    public void Arrange(Span<Upstream> upstreams)
    {
        var first = (int)(Interlocked.Increment(ref _next) % (uint)upstreams.Length);
        upstreams[..first].Reverse();
        upstreams[first..].Reverse();
        upstreams.Reverse();
    }
}
