using Prometheus;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// Counts for the caches of one server. Each thread has its own counters and a scrape adds them up first, so counting
/// costs a query no interlocked instruction and no look-up by label. A reload resets nothing.
/// </summary>
internal sealed class CacheMetrics
{
    private readonly Lock _changing = new();
    private readonly CacheFamilies _families;
    private readonly List<CacheSeries> _series = [];
    private readonly List<StoreGauges> _stores = [];

    public CacheMetrics(CollectorRegistry registry)
    {
        _families = new CacheFamilies(registry);
        registry.AddBeforeCollectCallback(Fold);
    }

    /// <summary>The counters of a listener, zones and view: made once, then the same for everybody who asks.</summary>
    public CacheSeries SeriesOf(string server, string zones, string view = "")
    {
        lock (_changing)
        {
            var known = _series.Find(series => series.Server == server && series.Zones == zones && series.View == view);
            if (known is null)
            {
                _series.Add(known = new CacheSeries(_families, server, zones, view));
            }

            return known;
        }
    }

    /// <summary>Shows a store's size at a listener from now on.</summary>
    public void Show(CacheStore store, string server, string zones, string view)
    {
        lock (_changing)
        {
            if (!_stores.Exists(shown => shown.Store == store && shown.Server == server && shown.Zones == zones && shown.View == view))
            {
                _stores.Add(new StoreGauges(_families, store, server, zones, view));
            }
        }
    }

    /// <summary>Shows a store that is given up no longer.</summary>
    public void Forget(CacheStore store)
    {
        lock (_changing)
        {
            foreach (var shown in _stores.Where(shown => shown.Store == store))
            {
                shown.Hide();
            }

            _stores.RemoveAll(shown => shown.Store == store);
        }
    }

    /// <summary>The stores that are shown, one for each listener, with their counters.</summary>
    public IReadOnlyList<(StoreGauges Gauges, CacheSeries Series)> Shown
    {
        get
        {
            StoreGauges[] stores;
            lock (_changing)
            {
                stores = [.. _stores];
            }

            return [.. stores.Select(store => (store, SeriesOf(store.Server, store.Zones, store.View)))];
        }
    }

    private void Fold()
    {
        lock (_changing)
        {
            _series.ForEach(series => series.Fold());
            _stores.ForEach(store => store.Fold());
        }
    }
}
