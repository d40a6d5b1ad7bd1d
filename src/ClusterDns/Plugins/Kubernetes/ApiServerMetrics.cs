using System.Globalization;
using ClusterDns.Kubernetes.Watching;
using Prometheus;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>The talk with the API server, under the names that CoreDNS's client library gives it.</summary>
internal sealed class ApiServerMetrics : ApiServerObserver
{
    /// <summary>What client-go reports for a request that got no answer.</summary>
    private const string NoCode = "<error>";

    private readonly Histogram _requests;
    private readonly Histogram _throttle;
    private readonly Counter _codes;

    public ApiServerMetrics(CollectorRegistry registry)
    {
        var factory = Metrics.WithCustomRegistry(registry);
        _requests = factory.CreateHistogram(
            "coredns_kubernetes_rest_client_request_duration_seconds",
            "Seconds from a request to the API server to the head of its answer.",
            ["verb", "host"],
            WithDefaultBuckets());
        _throttle = factory.CreateHistogram(
            "coredns_kubernetes_rest_client_rate_limiter_duration_seconds",
            "Seconds that requests to the API server waited for apiserver_qps.",
            ["verb", "host"],
            WithDefaultBuckets());
        _codes = factory.CreateCounter(
            "coredns_kubernetes_rest_client_requests_total",
            "Requests to the API server by the status of their answer.",
            ["code", "method", "host"]);
    }

    public override void RequestFinished(string method, string host, int? statusCode, TimeSpan duration)
    {
        _requests.WithLabels(method, host).Observe(duration.TotalSeconds);
        _codes.WithLabels(statusCode?.ToString(CultureInfo.InvariantCulture) ?? NoCode, method, host).Inc();
    }

    public override void ThrottlePassed(string method, string host, TimeSpan waited) =>
        _throttle.WithLabels(method, host).Observe(waited.TotalSeconds);

    // The Go client library's default buckets, which dashboards expect.
    private static HistogramConfiguration WithDefaultBuckets() =>
        new() { Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
}
