using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes;

/// <summary>Where the cluster's objects come from: an API server or manifest files.</summary>
public interface IClusterSource
{
    /// <summary>The kinds this source will list; the zone is synced once each of them has been listed.</summary>
    IReadOnlyList<ResourceKind> Kinds { get; }

    /// <summary>
    /// Lists, then follows changes until cancelled. Trouble is logged and retried inside; it ends only by cancellation.
    /// The channel is bounded: a slow zone slows the source down.
    /// </summary>
    Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation);
}
