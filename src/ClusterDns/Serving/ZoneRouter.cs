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
        var byZone = new Dictionary<DnsName, ZoneRoute>(routes.Count, NameComparer.Instance);
        foreach (var route in routes)
        {
            // Keys of one zone are tried top to bottom: without views the first one serves every query.
            byZone.TryAdd(route.Zone, route);
        }

        Routes = [.. byZone.Values];
        TakesOtherClasses = routes.Any(route => route.TakesOtherClasses);
        _routes = byZone.GetAlternateLookup<ReadOnlySpan<byte>>();
        _root = byZone.GetValueOrDefault(DnsName.Root);
        _labelCounts = [.. Routes.Select(route => route.Zone.LabelCount).Where(count => count > 0).Distinct().OrderDescending()];
    }

    public IReadOnlyList<ZoneRoute> Routes { get; }

    /// <summary>Whether any block takes queries of classes other than IN.</summary>
    public bool TakesOtherClasses { get; }

    /// <summary>
    /// The route of a name, or null when no zone matches. A DS query belongs to the parent's side of a zone cut
    /// (RFC 4035, 3.1.4.1), so a further match towards the root is preferred for it.
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
}
