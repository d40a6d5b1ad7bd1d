namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>In which order the upstreams are asked for one query.</summary>
internal interface IUpstreamPolicy
{
    /// <summary>Puts them in order; the first one is asked, the others if that fails or is late.</summary>
    void Arrange(Span<Upstream> upstreams);
}
