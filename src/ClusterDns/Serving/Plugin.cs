namespace ClusterDns.Serving;

/// <summary>
/// One link of a server block's chain. Called by many threads at once; what a query reads is immutable or a counter.
/// </summary>
internal abstract class Plugin
{
    /// <summary>The directive's name, as in the Corefile.</summary>
    public abstract string Name { get; }

    /// <summary>The chain behind this plugin; set once, before the first query.</summary>
    public PluginChain Next { get; set; } = PluginChain.Empty;

    /// <summary>
    /// Answers, or declines and lets the chain go on with the next plugin, or asks <see cref="Next"/> itself and looks at
    /// the reply afterwards. Complete on return when the answer is in memory: then nothing is allocated or awaited.
    /// </summary>
    public abstract ValueTask<ServeResult> ServeAsync(Query query);
}
