using System.Collections.Concurrent;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>Keeps how each kind of one source is followed, and hands on what it hears of requests.</summary>
internal sealed class WatchObserver(WatchMetrics metrics, ApiServerMetrics requests) : ApiServerObserver
{
    private readonly ConcurrentDictionary<ResourceKind, KindState> _kinds = new();
    private string _host = "";

    public override void Opened(string host) => _host = host;

    public override void RequestFinished(string method, string host, int? statusCode, TimeSpan duration) =>
        requests.RequestFinished(method, host, statusCode, duration);

    public override void ThrottlePassed(string method, string host, TimeSpan waited) => requests.ThrottlePassed(method, host, waited);

    public override void Started(ResourceKind kind) => _kinds[kind] = metrics.Start(kind, _host);

    public override void Stopped(ResourceKind kind)
    {
        if (_kinds.TryRemove(kind, out var state))
        {
            metrics.Stop(state);
        }
    }

    public override void Listed(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => Hear(kind, resourceVersion);

    public override void EventReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => Hear(kind, resourceVersion);

    public override void BookmarkReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => Hear(kind, resourceVersion);

    public override void Following(ResourceKind kind) => SetEstablished(kind, true);

    public override void Interrupted(ResourceKind kind, bool relists, InterruptionReason reason, string text)
    {
        SetEstablished(kind, false);
        if (_kinds.TryGetValue(kind, out var state))
        {
            metrics.CountInterruption(state, relists, reason);
        }
    }

    private void Hear(ResourceKind kind, string? resourceVersion)
    {
        if (_kinds.TryGetValue(kind, out var state))
        {
            state.Hear(resourceVersion);
        }
    }

    private void SetEstablished(ResourceKind kind, bool isEstablished)
    {
        if (_kinds.TryGetValue(kind, out var state))
        {
            state.IsEstablished = isEstablished;
        }
    }
}
