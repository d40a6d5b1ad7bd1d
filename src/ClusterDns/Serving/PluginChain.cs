using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>A plugin and those behind it. Asks one after the other until one does not decline.</summary>
internal sealed class PluginChain
{
    /// <summary>No plugin at all: a block without any refuses (as CoreDNS does).</summary>
    public static readonly PluginChain Empty = new(null, null, null);

    private readonly Plugin? _plugin;
    private readonly PluginChain? _rest;
    private readonly string? _errorAtEnd;

    private PluginChain(Plugin? plugin, PluginChain? rest, string? errorAtEnd)
    {
        _plugin = plugin;
        _rest = rest;
        _errorAtEnd = errorAtEnd;
    }

    /// <summary>Links the plugins, outermost first.</summary>
    public static PluginChain Build(IReadOnlyList<Plugin> outermostFirst)
    {
        if (outermostFirst.Count == 0)
        {
            return Empty;
        }

        var last = outermostFirst[^1].Name;
        var atEnd = $"plugin/{last}: no next plugin found";
        var chain = new PluginChain(null, null, atEnd);
        for (var i = outermostFirst.Count - 1; i >= 0; i--)
        {
            outermostFirst[i].Next = chain;
            chain = new PluginChain(outermostFirst[i], chain, atEnd);
        }

        return chain;
    }

    /// <summary>Nobody is left to ask.</summary>
    public bool IsEnd => _plugin is null;

    /// <summary>The plugins, outermost first.</summary>
    public IEnumerable<Plugin> Plugins
    {
        get
        {
            for (var link = this; link._plugin is not null; link = link._rest!)
            {
                yield return link._plugin;
            }
        }
    }

    public ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Trace is not null)
        {
            return ServeTracedAsync(query);
        }

        var link = this;
        while (link._plugin is { } plugin)
        {
            var pending = plugin.ServeAsync(query);
            if (!pending.IsCompletedSuccessfully)
            {
                return link.AwaitAsync(query, pending);
            }

            var result = pending.Result;
            if (result.Outcome != ServeOutcome.Declined)
            {
                return new ValueTask<ServeResult>(result);
            }

            link = link._rest!;
        }

        return new ValueTask<ServeResult>(link.End(query));
    }

    // Nobody here has zones of another class, which is no failure of the chain.
    private ServeResult End(Query query) => _errorAtEnd is { } error && query.Class == RecordClass.IN
        ? query.Fail(ResponseCode.ServerFailure, error)
        : ServeResult.Failed(ResponseCode.Refused);

    // Link by link, so that nothing of this stands in the loop of queries that nobody asks about.
    private async ValueTask<ServeResult> ServeTracedAsync(Query query)
    {
        var trace = query.Trace!;
        if (_plugin is null)
        {
            trace.Add(new ChainEndStep());
            return End(query);
        }

        var result = await _plugin.ServeAsync(query).ConfigureAwait(false);
        trace.Add(new PluginStep(_plugin.Name, result.Outcome, result.CodeFor(query)));
        return result.Outcome == ServeOutcome.Declined ? await _rest!.ServeAsync(query).ConfigureAwait(false) : result;
    }

    private async ValueTask<ServeResult> AwaitAsync(Query query, ValueTask<ServeResult> pending)
    {
        var result = await pending.ConfigureAwait(false);
        return result.Outcome == ServeOutcome.Declined
            ? await _rest!.ServeAsync(query).ConfigureAwait(false)
            : result;
    }
}
