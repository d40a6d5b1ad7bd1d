using ClusterDns.Serving;

namespace ClusterDns.Tests.Plugins;

/// <summary>A server with one block, for lookups of our own.</summary>
internal sealed class OneChain(PluginChain chain) : IQueryRouter
{
    public ValueTask<ServeResult> ServeAsync(Query query) => chain.ServeAsync(query);
}
