using ClusterDns.Serving;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// The caches of one server. A reload takes the new configuration's before it gives up the old one's, so a block that did
/// not change keeps what it knows; one that did may give other answers now, and starts empty.
/// </summary>
internal sealed class CacheDirectory(CollectorRegistry registry, TimeProvider time, CacheBudget budget, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public CacheMetrics Metrics { get; } = new(registry);

    /// <summary>The store of a block, in a configuration that starts; given back by <see cref="Release"/>.</summary>
    public CacheStore Acquire(BlockSetup block, CacheOptions options)
    {
        var zones = block.Zones.Select(zone => zone.ToString());
        var identity = string.Join('\n', [.. block.ServerLabels, .. zones, block.Words]);
        lock (_gate)
        {
            // Two blocks of one configuration may say the same and are two all the same.
            var entry = _entries.Find(
                known => known.Identity == identity && !known.Users.Contains(block.Configuration));
            if (entry is null)
            {
                entry = new Entry(identity, new CacheStore(options, budget, time, logger));
                _entries.Add(entry);
            }

            entry.Users.Add(block.Configuration);
            return entry.Store;
        }
    }

    public void Release(CacheStore store, ConfigurationSetup configuration)
    {
        lock (_gate)
        {
            var entry = _entries.Find(known => known.Store == store);
            if (entry is null || !entry.Users.Remove(configuration) || entry.Users.Count > 0)
            {
                return;
            }

            _entries.Remove(entry);
        }

        Metrics.Forget(store);
        store.Close();
    }

    private sealed record Entry(string Identity, CacheStore Store)
    {
        public List<ConfigurationSetup> Users { get; } = [];
    }
}
