using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Plugins.Prometheus;
using Prometheus;

namespace ClusterDns.Plugins.Forward;

/// <summary>What forwarding counts, under CoreDNS's names.</summary>
internal sealed class ForwardMetrics
{
    private const string ProxyName = "forward";

    private readonly SeriesBudget _budget;
    private readonly Counter.Child _shedForAll;
    private readonly Counter.Child _shedForClient;
    private readonly Counter _rejects;
    private readonly Histogram _replies;
    private readonly Counter _failedProbes;
    private readonly Counter _connectionHits;
    private readonly Counter _connectionMisses;

    public ForwardMetrics(CollectorRegistry registry, SeriesBudget budget)
    {
        _budget = budget;
        var factory = Metrics.WithCustomRegistry(registry);
        AllDown = factory.CreateCounter(
            "coredns_forward_healthcheck_broken_total",
            "Queries that found every upstream down.");
        _rejects = factory.CreateCounter(
            "coredns_forward_max_concurrent_rejects_total",
            "Queries refused because too many were under way.");
        var shed = factory.CreateCounter(
            "clusterdns_forward_shed_queries_total",
            "Queries refused because too many were under way: of all clients, or of this one.",
            ["reason"]);
        _shedForAll = shed.WithLabels("all_clients");
        _shedForClient = shed.WithLabels("one_client");
        _replies = factory.CreateHistogram(
            "coredns_proxy_request_duration_seconds",
            "Time that upstreams took to reply.",
            ["proxy_name", "to", "rcode"],
            new HistogramConfiguration { Buckets = TimeBuckets.UpperBounds });
        _failedProbes = factory.CreateCounter(
            "coredns_proxy_healthcheck_failures_total",
            "Health probes that upstreams did not answer.",
            ["proxy_name", "to"]);
        _connectionHits = factory.CreateCounter(
            "coredns_proxy_conn_cache_hits_total",
            "Questions sent over a socket that was open.",
            ["proxy_name", "to", "proto"]);
        _connectionMisses = factory.CreateCounter(
            "coredns_proxy_conn_cache_misses_total",
            "Questions that a socket was opened for.",
            ["proxy_name", "to", "proto"]);
    }

    public Counter AllDown { get; }

    /// <summary>Counts a query that was not let in. CoreDNS's counter has both kinds: there they are one.</summary>
    public void CountRefused(AdmissionVerdict verdict)
    {
        _rejects.Inc();
        (verdict == AdmissionVerdict.TooMany ? _shedForAll : _shedForClient).Inc();
    }

    public UpstreamMetrics Of(string address, bool isTls) =>
        new(this, _budget.Admits(address) ? address : SeriesBudget.Other, isTls);

    public IHistogram Replies(string address, string code) => _replies.WithLabels(ProxyName, address, code);

    public Counter.Child FailedProbes(string address) => _failedProbes.WithLabels(ProxyName, address);

    public Counter.Child ConnectionHits(string address, string protocol) =>
        _connectionHits.WithLabels(ProxyName, address, protocol);

    public Counter.Child ConnectionMisses(string address, string protocol) =>
        _connectionMisses.WithLabels(ProxyName, address, protocol);
}
