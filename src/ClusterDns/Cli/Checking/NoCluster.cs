using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Cli.Checking;

/// <summary>Stands where a <c>kubernetes</c> directive would have its cluster: a check sets up and never starts.</summary>
internal sealed class NoCluster : IClusterSource
{
    public IReadOnlyList<ResourceKind> Kinds => [];

    public Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation) => Task.CompletedTask;
}
