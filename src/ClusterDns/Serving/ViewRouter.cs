using ClusterDns.Plugins.View.Expressions;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// The zones of one listener where some blocks take only some queries. Of the longest zone of which a block takes the
/// query, the first such block in the order of the file serves; a zone whose blocks all turn it away is passed over.
/// </summary>
internal sealed class ViewRouter
{
    private readonly Dictionary<DnsName, ZoneRoute[]>.AlternateLookup<ReadOnlySpan<byte>> _routes;
    private readonly int[] _labelCounts;

    public ViewRouter(IReadOnlyList<ZoneRoute> routes)
    {
        var byZone = routes
            .GroupBy(route => route.Zone, NameComparer.Instance)
            .ToDictionary(zone => zone.Key, Reached, NameComparer.Instance);
        Routes = [.. byZone.Values.SelectMany(blocks => blocks)];
        _routes = byZone.GetAlternateLookup<ReadOnlySpan<byte>>();
        _labelCounts = [.. byZone.Keys.Select(zone => zone.LabelCount).Distinct().OrderDescending()];
    }

    public IReadOnlyList<ZoneRoute> Routes { get; }

    /// <summary>
    /// The route of a query, or null when no block takes it. A DS query belongs to the parent's side of a zone cut, as it
    /// does without views.
    /// </summary>
    public ZoneRoute? Find(Query query)
    {
        var evaluation = new Evaluation(query);
        var name = query.Name;
        ZoneRoute? childSide = null;
        foreach (var count in _labelCounts)
        {
            if (count > name.LabelCount
                || !_routes.TryGetValue(name.From(name.LabelCount - count), out var blocks)
                || FirstThatAccepts(blocks, ref evaluation) is not { } route)
            {
                continue;
            }

            if (query.Type != RecordType.DS || childSide is not null)
            {
                return route;
            }

            childSide = route;
        }

        return childSide;
    }

    private static ZoneRoute? FirstThatAccepts(ZoneRoute[] blocks, ref Evaluation evaluation)
    {
        foreach (var route in blocks)
        {
            if (route.View is null || route.View.Accepts(ref evaluation, route.Zone))
            {
                return route;
            }
        }

        return null;
    }

    /// <summary>The blocks of a zone up to the first that takes every query: those behind it serve none.</summary>
    private static ZoneRoute[] Reached(IEnumerable<ZoneRoute> blocks)
    {
        var all = blocks.ToList();
        var last = all.FindIndex(route => route.View is null);
        return [.. last < 0 ? all : all.Take(last + 1)];
    }
}
