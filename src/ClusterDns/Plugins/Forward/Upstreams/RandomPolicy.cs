using ClusterDns.Operations;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary><c>random</c>: every order is equally likely.</summary>
internal sealed class RandomPolicy : IUpstreamPolicy
{
    private readonly PerThread<FastRandom> _random = new(() => new FastRandom());

    public void Arrange(Span<Upstream> upstreams)
    {
        var random = _random.Value;
        for (var place = 0; place < upstreams.Length - 1; place++)
        {
            var other = place + random.Below(upstreams.Length - place);
            (upstreams[place], upstreams[other]) = (upstreams[other], upstreams[place]);
        }
    }
}
