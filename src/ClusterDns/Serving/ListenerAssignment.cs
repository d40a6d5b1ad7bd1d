using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.View;

namespace ClusterDns.Serving;

/// <summary>Groups the keys of all blocks by listener; a zone that two blocks claim is refused.</summary>
internal sealed class ListenerAssignment
{
    private readonly Dictionary<ListenerKey, List<ZoneRoute>> _routes = [];
    private readonly Dictionary<ListenerKey, ListenerSettings> _settings = [];
    private readonly ServedZones _served = new();
    private readonly List<string> _summary = [];
    private readonly HashSet<string> _summarized = [];

    public IReadOnlyList<ListenerPlan> Plans =>
        [.. _routes.Select(pair => new ListenerPlan(pair.Key, new ZoneRouter(pair.Value), _settings[pair.Key]))];

    /// <summary>A line for each zone and listener: <c>.:53</c>, <c>example.org.:53 on 10.0.0.1</c>.</summary>
    public IReadOnlyList<string> Summary => _summary;

    /// <summary>Assigns a block whose plugins are set up, and tells it the labels of its listeners.</summary>
    /// <exception cref="CorefileException">
    /// A zone is served twice on one listener, or bound and unbound on one port, and mistakes are thrown.
    /// </exception>
    public void AddBlock(IReadOnlyList<ServerKey> keys, BlockSetup block, CorefileMistakes mistakes)
    {
        var chain = PluginChain.Build(block.Plugins);
        // A view with a mistake in it is none to be asked, and still leaves queries to other blocks.
        var hasView = block.DirectiveNames.Contains(ViewDirective.Name);
        foreach (var key in keys)
        {
            foreach (var address in block.BindAddresses.DefaultIfEmpty())
            {
                var route = new ZoneRoute(key.Zone, chain, block.LogStackTraces, block.TakesOtherClasses, block.View);
                mistakes.Try(() => Assign(block, Add(key, address, route, hasView)));
            }
        }
    }

    private void Assign(BlockSetup block, ListenerKey listener)
    {
        _settings[listener] = _settings.TryGetValue(listener, out var first) ? first.Or(block.Listener) : block.Listener;
        if (!block.ServerLabels.Contains(listener.Label))
        {
            block.ServerLabels.Add(listener.Label);
        }
    }

    private ListenerKey Add(ServerKey key, IPAddress? address, ZoneRoute route, bool hasView)
    {
        if (key.Scheme != ServerScheme.Dns)
        {
            throw CorefileException.AtKey(key.Token, $"scheme '{key.Scheme}://' is not supported yet: only dns:// is served");
        }

        _served.Add(key, address, hasView);
        var listener = new ListenerKey(key.Scheme, address, key.Port);
        if (!_routes.TryGetValue(listener, out var routes))
        {
            routes = _routes[listener] = [];
        }

        routes.Add(route);
        var line = $"{key.Zone}:{key.Port}{(address is null ? "" : $" on {address}")}";
        if (_summarized.Add(line))
        {
            _summary.Add(line);
        }

        return listener;
    }
}
