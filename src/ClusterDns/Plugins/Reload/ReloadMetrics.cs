using Prometheus;

namespace ClusterDns.Plugins.Reload;

/// <summary>Reloads that failed, and which configuration runs since the last that did not.</summary>
internal sealed class ReloadMetrics
{
    private const string HashName = "sha512";

    private readonly Counter _failed;
    private readonly Gauge _version;
    private string? _running;

    public ReloadMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        _failed = factory.CreateCounter("coredns_reload_failed_total", "Changed Corefiles that could not be taken over.");
        _version = factory.CreateGauge(
            "coredns_reload_version_info", "Always 1; the value is the hash of the running configuration.", ["hash", "value"]);
    }

    public void CountFailure() => _failed.Inc();

    public void SetRunning(string hash)
    {
        if (_running is not null)
        {
            _version.RemoveLabelled(HashName, _running);
        }

        _version.WithLabels(HashName, hash).Set(1);
        _running = hash;
    }
}
