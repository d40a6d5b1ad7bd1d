using System.Text;
using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Testing;
using ClusterDns.Tests.Kubernetes.Zone;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests;

/// <summary>A source that follows manifests, and the zone that comes of it.</summary>
internal sealed class RunningManifests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly LogCapture _log = new();
    private readonly ZoneWriter _writer;
    private readonly Task _source;
    private readonly Task _reading;
    private ManifestTemp? _temp;
    private int _relists;

    public RunningManifests(ClusterSourceOptions options)
    {
        var source = ManifestSource.Open(options, TimeProvider.System, _log.CreateLogger("m"));
        _writer = new ZoneWriter(source.Kinds, TimeProvider.System, _log.CreateLogger("zone"));
        var changes = Channel.CreateBounded<ClusterChange>(4);
        _source = Task.Run(() => source.RunAsync(changes.Writer, _stopping.Token));
        _reading = Task.Run(() => ReadAsync(changes.Reader, source.Kinds[^1]));
    }

    public RunningManifests(string path)
        : this(new ClusterSourceOptions { ManifestPath = path })
    {
    }

    /// <summary>One file with this text, read.</summary>
    public static async Task<RunningManifests> LoadAsync(string yaml, ClusterSourceOptions? options = null)
    {
        var temp = new ManifestTemp().Write("f.yaml", yaml);
        var path = System.IO.Path.Combine(temp.Path, "f.yaml");
        var running = new RunningManifests((options ?? new ClusterSourceOptions()) with { ManifestPath = path }) { _temp = temp };
        await running.SyncedAsync();
        return running;
    }

    public ClusterZone Zone => _writer.Zone;

    /// <summary>Warnings and errors, without their category.</summary>
    public IReadOnlyList<string> Complaints =>
        [.. _log.Lines.Where(line => line.StartsWith("[Warning]") || line.StartsWith("[Error]")).Select(line => Short(line))];

    /// <summary>How often all objects were told.</summary>
    public int Relists => Volatile.Read(ref _relists);

    public string Services => ZoneText.OfServices(Zone);

    /// <summary>The Service's ready endpoints.</summary>
    /// <param name="key"><c>namespace/name</c>.</param>
    public string EndpointsOf(string key) => Find(key) is { } service ? ZoneText.OfEndpoints(service.Endpoints) : "(no service)";

    /// <param name="key"><c>namespace/name</c>.</param>
    public ServiceEntry? Find(string key)
    {
        var parts = key.Split('/');
        return Zone.FindNamespace(Encoding.ASCII.GetBytes(parts[0]))?.FindService(Encoding.ASCII.GetBytes(parts[1]));
    }

    public bool HasNamespace(string name) => Zone.FindNamespace(Encoding.ASCII.GetBytes(name)) is not null;

    public Task SyncedAsync() => UntilAsync(() => Zone.IsSynced, "synced");

    /// <summary>Waits for a condition; fails with what there is instead.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            Assert.That(_source.IsFaulted, Is.False, () => _source.Exception!.ToString());
            Assert.That(deadline.IsCancellationRequested, Is.False, () => $"Not {what}: {Services}{string.Join('\n', _log.Lines)}");
            await Task.Delay(Glance);
        }
    }

    public Task UntilServicesAsync(params string[] names) =>
        UntilAsync(
            () => Zone.Services.Select(service => ZoneText.Ascii(service.Label)).Order().SequenceEqual(names.Order()),
            $"services {string.Join(' ', names)}");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_source, _reading).WaitAsync(Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _temp?.Dispose();
    }

    private string Short(string line) => line.Replace(" m: ", " ").Replace(_temp is null ? "\0" : _temp.Path + "/", "");

    private async Task ReadAsync(ChannelReader<ClusterChange> changes, ResourceKind last)
    {
        await foreach (var change in changes.ReadAllAsync(_stopping.Token))
        {
            _writer.Apply(change);
            if (change.Action == ClusterAction.RelistFinished && change.Kind == last)
            {
                Interlocked.Increment(ref _relists);
            }
        }
    }
}
