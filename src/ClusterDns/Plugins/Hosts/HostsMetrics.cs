using Prometheus;

namespace ClusterDns.Plugins.Hosts;

/// <summary>What one hosts file holds and how old it is.</summary>
internal sealed class HostsMetrics
{
    public HostsMetrics(CollectorRegistry registry, string path)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        Entries = factory
            .CreateGauge("coredns_hosts_entries", "Entries of the hosts file and of the Corefile together, reverse ones included.", "hostsfile")
            .WithLabels(path);
        ReloadTimestamp = factory.CreateGauge(
            "coredns_hosts_reload_timestamp_seconds", "When the hosts file that was read last had been written, in seconds since 1970.");
    }

    public Gauge.Child Entries { get; }

    /// <summary>When the file that was read last had been written, in seconds since 1970.</summary>
    public Gauge ReloadTimestamp { get; }
}
