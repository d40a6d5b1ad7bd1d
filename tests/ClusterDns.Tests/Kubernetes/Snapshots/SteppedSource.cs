using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>Tells some changes, and others when it is let.</summary>
internal sealed class SteppedSource(ClusterChange[] first, Task step, params ClusterChange[] then) : IClusterSource
{
    public IReadOnlyList<ResourceKind> Kinds { get; } = [ResourceKind.Namespace, ResourceKind.Service];

    public async Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        await TellAsync(first, changes, cancellation);
        await step.WaitAsync(cancellation);
        await TellAsync(then, changes, cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    }

    private static async Task TellAsync(ClusterChange[] told, ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        foreach (var change in told)
        {
            await changes.WriteAsync(change, cancellation);
        }
    }
}
