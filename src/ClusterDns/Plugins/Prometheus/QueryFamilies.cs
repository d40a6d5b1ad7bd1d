using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>The <c>coredns_dns_*</c> metrics, with CoreDNS's names and labels.</summary>
internal sealed class QueryFamilies
{
    public QueryFamilies(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        Requests = factory.CreateCounter(
            "coredns_dns_requests_total",
            "Queries by protocol (udp, tcp), address family (1: IPv4, 2: IPv6) and type.",
            ["server", "zone", "view", "proto", "family", "type"]);
        DnssecOk = factory.CreateCounter(
            "coredns_dns_do_requests_total",
            "Queries with the DO bit set.",
            ["server", "zone", "view"]);
        Responses = factory.CreateCounter(
            "coredns_dns_responses_total",
            "Replies by rcode and by the plugin that wrote them; no plugin means the server itself.",
            ["server", "zone", "view", "rcode", "plugin"]);
        Durations = factory.CreateHistogram(
            "coredns_dns_request_duration_seconds",
            "Time from taking a query up to having its reply.",
            ["server", "zone", "view"],
            new HistogramConfiguration { Buckets = TimeBuckets.UpperBounds });
        RequestSizes = factory.CreateHistogram(
            "coredns_dns_request_size_bytes",
            "Octets of queries.",
            ["server", "zone", "view", "proto"],
            new HistogramConfiguration { Buckets = SizeBuckets.UpperBounds });
        ReplySizes = factory.CreateHistogram(
            "coredns_dns_response_size_bytes",
            "Octets of replies before compression and truncation.",
            ["server", "zone", "view", "proto"],
            new HistogramConfiguration { Buckets = SizeBuckets.UpperBounds });
    }

    public Counter Requests { get; }

    public Counter DnssecOk { get; }

    public Counter Responses { get; }

    public Histogram Durations { get; }

    public Histogram RequestSizes { get; }

    public Histogram ReplySizes { get; }
}
