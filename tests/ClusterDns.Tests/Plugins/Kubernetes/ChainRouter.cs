using ClusterDns.Serving;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>A server with one block.</summary>
internal sealed class ChainRouter(PluginChain chain) : IQueryRouter
{
    public ValueTask<ServeResult> ServeAsync(Query query) => chain.ServeAsync(query);
}
