using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching.Connection;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>What the parts of one kind's watch share.</summary>
internal sealed record KindContext(
    ResourceTarget Target,
    ApiServerClient Client,
    ObjectReader Reader,
    ChangeFeed Feed,
    TroubleReport Trouble,
    WatchLimits Limits,
    TimeProvider Time,
    ApiServerObserver Observer);
