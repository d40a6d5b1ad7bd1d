using System.Collections.Concurrent;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using Prometheus;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// How well each kind is followed. Directives that read the same kind from the same API server each in their own way are
/// one row, and the worst of them is told.
/// </summary>
internal sealed class WatchMetrics
{
    private const string Prefix = "clusterdns_kubernetes_watch_";

    private readonly ConcurrentDictionary<KindState, bool> _states = new();
    private readonly TimeProvider _time;
    private readonly Gauge _isEstablished;
    private readonly Gauge _silence;
    private readonly Gauge _version;
    private readonly Counter _relists;
    private readonly Counter _reconnects;
    private HashSet<(string Kind, string Host)> _shown = [];

    public WatchMetrics(CollectorRegistry registry, TimeProvider time)
    {
        _time = time;
        var factory = Metrics.WithCustomRegistry(registry);
        string[] labels = ["kind", "host"];
        _isEstablished = factory.CreateGauge(Prefix + "established", "1 while the kind is listed and a watch is open, else 0.", labels);
        _silence = factory.CreateGauge(
            Prefix + "silence_seconds", "Seconds since the last event, bookmark or whole list of the kind.", labels);
        _version = factory.CreateGauge(
            Prefix + "resource_version", "The last resourceVersion of the kind, where it is a number.", labels);
        _relists = factory.CreateCounter(
            Prefix + "relists_total", "Lists of the kind begun anew, by what had happened.", [.. labels, "reason"]);
        _reconnects = factory.CreateCounter(
            Prefix + "reconnects_total", "Watches of the kind taken up where they were, by what had happened.", [.. labels, "reason"]);
        registry.AddBeforeCollectCallback(Collect);
    }

    /// <summary>How each kind of each source is followed just now.</summary>
    public IEnumerable<KindState> States => _states.Keys;

    /// <summary>What one source has to be given.</summary>
    /// <param name="requests">Is told of its requests.</param>
    public ApiServerObserver Observe(ApiServerMetrics requests) => new WatchObserver(this, requests);

    public KindState Start(ResourceKind kind, string host)
    {
        var state = new KindState(NameOf(kind), host, _time);
        _states[state] = true;
        return state;
    }

    public void Stop(KindState state) => _states.TryRemove(state, out _);

    public void CountInterruption(KindState state, bool relists, InterruptionReason reason) =>
        (relists ? _relists : _reconnects).WithLabels(state.Kind, state.Host, NameOf(reason)).Inc();

    // One page is collected at a time.
    private void Collect()
    {
        var rows = _states.Keys.ToLookup(state => (state.Kind, state.Host));
        foreach (var row in rows)
        {
            var (kind, host) = row.Key;
            _isEstablished.WithLabels(kind, host).Set(row.All(state => state.IsEstablished) ? 1 : 0);
            _silence.WithLabels(kind, host).Set(row.Max(state => state.Silence).TotalSeconds);
            if (row.Min(state => state.Version) is { } version)
            {
                _version.WithLabels(kind, host).Set(version);
            }
            else
            {
                _version.RemoveLabelled(kind, host);
            }
        }

        _shown.ExceptWith(rows.Select(row => row.Key));
        foreach (var (kind, host) in _shown)
        {
            _isEstablished.RemoveLabelled(kind, host);
            _silence.RemoveLabelled(kind, host);
            _version.RemoveLabelled(kind, host);
        }

        _shown = [.. rows.Select(row => row.Key)];
    }

    private static string NameOf(ResourceKind kind) => kind switch
    {
        ResourceKind.Namespace => "namespaces",
        ResourceKind.Service => "services",
        ResourceKind.EndpointSlice => "endpointslices",
        ResourceKind.Endpoints => "endpoints",
        _ => "pods",
    };

    private static string NameOf(InterruptionReason reason) => reason switch
    {
        InterruptionReason.Ended => "ended",
        InterruptionReason.Expired => "expired",
        InterruptionReason.Silent => "silent",
        InterruptionReason.Throttled => "throttled",
        InterruptionReason.Unauthenticated => "unauthenticated",
        InterruptionReason.Forbidden => "forbidden",
        InterruptionReason.Missing => "missing",
        InterruptionReason.NotUnderstood => "not_understood",
        InterruptionReason.Broken => "broken",
        _ => "failed",
    };
}
