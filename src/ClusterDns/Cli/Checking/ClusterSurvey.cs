using System.Collections.Concurrent;
using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Cli.Checking;

/// <summary>
/// Reads a cluster once as the server reads it, from the same source: each kind is listed and a watch of it begun, and
/// what that complains of is what the server would log.
/// </summary>
internal sealed class ClusterSurvey(TimeProvider time)
{
    private const int QueuedChanges = 1024;

    /// <summary>A watch is refused at once or not at all.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <exception cref="ClusterSourceException">The options lead to no API server, or to no manifests.</exception>
    public async Task<ClusterFacts> ReadAsync(ClusterSourceOptions options)
    {
        using var log = new SetupWarnings();
        var logger = log.CreateLogger("plugin/kubernetes");
        var progress = new Progress();
        var source = options.ManifestPath is null
            ? (IClusterSource)ApiServerSource.Open(options, time, logger, progress)
            : ManifestSource.Open(options, time, logger);
        using var disposed = source as IDisposable;
        using var ending = new CancellationTokenSource(Longest, time);
        var changes = Channel.CreateBounded<ClusterChange>(QueuedChanges);
        var running = source.RunAsync(changes.Writer, ending.Token);
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        var reading = CollectAsync(changes.Reader, namespaces, progress, ending.Token);
        var isComplete = await progress.WaitAsync(source.Kinds, time, ending.Token).ConfigureAwait(false);
        await Task.Delay(Settling, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running, reading).WaitAsync(Longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new ClusterFacts([.. namespaces], log.Lines, isComplete);
    }

    private static async Task CollectAsync(
        ChannelReader<ClusterChange> changes, SortedSet<string> namespaces, Progress progress, CancellationToken ending)
    {
        await foreach (var change in changes.ReadAllAsync(ending).ConfigureAwait(false))
        {
            if (change is { Action: ClusterAction.Put, Record: NamespaceRecord record })
            {
                namespaces.Add(record.Name);
            }
            else if (change.Action == ClusterAction.RelistFinished)
            {
                progress.MarkListed(change.Kind);
            }
        }
    }

    /// <summary>Which kinds have been listed, and which are in trouble.</summary>
    private sealed class Progress : ApiServerObserver
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

        private readonly ConcurrentDictionary<ResourceKind, bool> _kinds = new();

        public override void Interrupted(ResourceKind kind, bool relists, InterruptionReason reason, string text) => _kinds.TryAdd(kind, false);

        public void MarkListed(ResourceKind kind) => _kinds[kind] = true;

        /// <summary>Until of each kind one or the other is known. Whether all were listed.</summary>
        public async Task<bool> WaitAsync(IReadOnlyList<ResourceKind> kinds, TimeProvider time, CancellationToken ending)
        {
            while (!kinds.All(_kinds.ContainsKey) && !ending.IsCancellationRequested)
            {
                await Task.Delay(Look, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return kinds.All(kind => _kinds.GetValueOrDefault(kind));
        }
    }
}
