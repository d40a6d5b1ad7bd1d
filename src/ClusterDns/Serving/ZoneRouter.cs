using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// The zones of one listener. The longest zone that is the name or above it serves a query; immutable, replaced whole by
/// a reload.
/// </summary>
internal sealed class ZoneRouter
{
    private readonly Dictionary<DnsName, ZoneRoute>.AlternateLookup<ReadOnlySpan<byte>> _routes;
    private readonly int[] _labelCounts;
    private readonly ZoneRoute? _root;

    public ZoneRouter(IReadOnlyList<ZoneRoute> routes)
    {
        if (routes.Any(route => route.View is not null))
        {
            // Then every name has to be asked about there, and here is none to be found: without views not even a
            // look at whether there are any is on the way to a block.
            Views = new ViewRouter(routes);
        }

        var byZone = new Dictionary<DnsName, ZoneRoute>(routes.Count, NameComparer.Instance);
        foreach (var route in Views is null ? routes : [])
        {
            // Keys of one zone are tried top to bottom: without views the first one serves every query.
            byZone.TryAdd(route.Zone, route);
        }

        Routes = Views?.Routes ?? [.. byZone.Values];
        TakesOtherClasses = routes.Any(route => route.TakesOtherClasses);
        _routes = byZone.GetAlternateLookup<ReadOnlySpan<byte>>();
        _root = byZone.GetValueOrDefault(DnsName.Root);
        _labelCounts = [.. byZone.Values.Select(route => route.Zone.LabelCount).Where(count => count > 0).Distinct().OrderDescending()];
    }

    /// <summary>Who chooses where blocks have views; null where none has.</summary>
    public ViewRouter? Views { get; }

    /// <summary>The blocks that may be chosen, by their zones.</summary>
    public IReadOnlyList<ZoneRoute> Routes { get; }

    /// <summary>Whether any block takes queries of classes other than IN.</summary>
    public bool TakesOtherClasses { get; }

    /// <summary>
    /// The route of a name, or null when no zone matches, or when <see cref="Views"/> choose. A DS query belongs to the
    /// parent's side of a zone cut (RFC 4035, 3.1.4.1), so a further match towards the root is preferred for it.
    /// </summary>
    public ZoneRoute? Find(QuestionName name, RecordType type)
    {
        ZoneRoute? childSide = null;
        foreach (var count in _labelCounts)
        {
            if (count > name.LabelCount || !_routes.TryGetValue(name.From(name.LabelCount - count), out var route))
            {
                continue;
            }

            if (type != RecordType.DS || childSide is not null)
            {
                return route;
            }

            childSide = route;
        }

        return childSide is null ? _root : _root ?? childSide;
    }

    /// <summary>The route that a query went, as far as can be told afterwards.</summary>
    public ZoneRoute? RouteOf(Query query) => Views is null
        ? Find(query.Name, query.Type)
        : Routes.FirstOrDefault(route => ReferenceEquals(route.Zone, query.Zone));
}
