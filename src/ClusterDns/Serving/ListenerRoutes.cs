using System.Runtime.CompilerServices;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving.Tracing;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// What one listener serves now. The listener lives as long as the process wants its address; a reload changes one
/// reference in here and queries under way finish on the old chain.
/// </summary>
internal sealed class ListenerRoutes(ListenerKey key, ZoneRouter router, QueryMetrics metrics) : IQueryRouter
{
    private readonly QuerySeries _refused = metrics.SeriesOf(key.Label, QueryMetrics.DroppedZone);
    private ZoneRouter _router = router;

    public ListenerKey Key { get; } = key;

    public ZoneRouter Current => Volatile.Read(ref _router);

    public void Swap(ZoneRouter router) => Volatile.Write(ref _router, router);

    public ValueTask<ServeResult> ServeAsync(Query query)
    {
        // Other classes have zones of their own (RFC 6895, 3.2); only some plugins know any.
        var router = Current;
        if ((query.Class != RecordClass.IN && !router.TakesOtherClasses)
            || router.Find(query.Name, query.Type) is not { } route)
        {
            return ServeByView(query, router);
        }

        return Serve(query, route);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<ServeResult> ServeByView(Query query, ZoneRouter router)
    {
        if (router.Views is { } views
            && (query.Class == RecordClass.IN || router.TakesOtherClasses)
            && views.Find(query) is { } route)
        {
            return Serve(query, route);
        }

        query.Zone = DnsName.Root;
        query.Trace?.Add(new BlockStep(Key.Label, Zone: null));
        var refused = ServeResult.Failed(ResponseCode.Refused);
        metrics.Count(_refused, query, refused);
        return new ValueTask<ServeResult>(refused);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ValueTask<ServeResult> Serve(Query query, ZoneRoute route)
    {
        query.Zone = route.Zone;
        if (query.Trace is not null)
        {
            Tell(query, route);
        }

        return route.Chain.ServeAsync(query);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Tell(Query query, ZoneRoute route) =>
        query.Trace!.Add(new BlockStep(Key.Label, route.Zone, route.View?.View));
}
