namespace ClusterDns.Plugins.Cache;

/// <summary>Size and evictions of one store at one listener.</summary>
internal sealed class StoreGauges(CacheFamilies families, CacheStore store, string server, string zones, string view)
{
    private long _toldSuccess;
    private long _toldDenial;

    public CacheStore Store { get; } = store;

    public string Server { get; } = server;

    public string Zones { get; } = zones;

    public string View { get; } = view;

    public void Fold()
    {
        Fold(Store.Success, CacheFamilies.Success, ref _toldSuccess);
        Fold(Store.Denial, CacheFamilies.Denial, ref _toldDenial);
    }

    /// <summary>Takes the size away; a store of the same labels shows its own at the next scrape.</summary>
    public void Hide()
    {
        Fold();
        families.Entries.RemoveLabelled(Server, CacheFamilies.Success, Zones, View);
        families.Entries.RemoveLabelled(Server, CacheFamilies.Denial, Zones, View);
    }

    private void Fold(CacheTable table, string type, ref long told)
    {
        families.Entries.WithLabels(Server, type, Zones, View).Set(table.Count);
        var evictions = table.Evictions;
        families.Evictions.WithLabels(Server, type, Zones, View).Inc(evictions - told);
        told = evictions;
    }
}
