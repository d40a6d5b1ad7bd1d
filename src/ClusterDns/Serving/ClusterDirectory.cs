using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Zone;

namespace ClusterDns.Serving;

/// <summary>
/// Clusters being watched, by their options: directives that ask for the same share one. A reload takes the new
/// configuration's clusters before it gives up the old one's, so an unchanged cluster is never listed again.
/// </summary>
internal sealed class ClusterDirectory(Func<ClusterSourceOptions, Cluster> create) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ClusterSourceOptions, Entry> _entries = [];

    /// <summary>
    /// The cluster for these options, started with the configuration and given up with it. Called while a configuration is
    /// set up; one that is discarded before it starts gives the cluster up just the same.
    /// </summary>
    public Cluster Acquire(ClusterSourceOptions options, ConfigurationSetup configuration)
    {
        Entry? entry;
        lock (_gate)
        {
            if (!_entries.TryGetValue(options, out entry))
            {
                entry = _entries[options] = new Entry(create(options));
            }

            entry.Users++;
        }

        configuration.OnStart(_ =>
        {
            StartOnce(entry);
            return Task.CompletedTask;
        });
        configuration.OnStop(_ => ReleaseAsync(options, entry));
        return entry.Cluster;
    }

    /// <summary>Completes when all clusters of this moment have been read; not at all if one never is.</summary>
    public Task WhenSynced()
    {
        lock (_gate)
        {
            return Task.WhenAll(_entries.Values.Select(entry => entry.Cluster.Synced));
        }
    }

    /// <summary>Whole lists that the clusters of this moment have taken in.</summary>
    public long CountLists() => Clusters.Sum(cluster => cluster.Lists);

    /// <summary>The clusters of this moment, started or about to be.</summary>
    public IReadOnlyList<Cluster> Clusters
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Values.Select(entry => entry.Cluster)];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<Entry> entries;
        lock (_gate)
        {
            entries = [.. _entries.Values];
            _entries.Clear();
        }

        foreach (var entry in entries)
        {
            await entry.Cluster.StopAsync().ConfigureAwait(false);
        }
    }

    private void StartOnce(Entry entry)
    {
        lock (_gate)
        {
            if (!entry.IsStarted)
            {
                entry.IsStarted = true;
                entry.Cluster.Start();
            }
        }
    }

    private async Task ReleaseAsync(ClusterSourceOptions options, Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            _entries.Remove(options);
        }

        await entry.Cluster.StopAsync().ConfigureAwait(false);
    }

    private sealed class Entry(Cluster cluster)
    {
        public Cluster Cluster { get; } = cluster;

        public int Users { get; set; }

        public bool IsStarted { get; set; }
    }
}
