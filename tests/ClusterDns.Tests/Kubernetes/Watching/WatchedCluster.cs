using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Kubernetes.Watching.Connection;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>
/// A fake API server, a source that follows it, and a model of the zone. Knows every state that an object ever had on the
/// server, so that a change which was never true is found out.
/// </summary>
internal sealed class WatchedCluster : IAsyncDisposable
{
    /// <summary>As long as the slowest machine needs; nothing waits for it where all is well.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<(ResourceKind Kind, ObjectKey Key, string? Text), bool> _wasTrue = new();
    private readonly ConcurrentQueue<string> _untrue = new();
    private readonly Channel<ClusterChange> _changes = Channel.CreateBounded<ClusterChange>(4);
    private readonly ClusterSourceOptions _options;
    private ApiServerSource? _source;
    private Task _running = Task.CompletedTask;

    private WatchedCluster(FakeApiServer server, ClusterSourceOptions options)
    {
        Server = server;
        _options = options;
        Model = new RecordingModel(Witness);
    }

    public FakeApiServer Server { get; }

    public RecordingModel Model { get; }

    public LineLogger Log { get; } = new();

    public ApiServerSource Source => _source!;

    /// <summary>Pauses so short that a test need not wait, and pages so small that every list has some.</summary>
    public static WatchLimits QuickLimits { get; } = new()
    {
        PageSize = 2,
        FirstResumeDelay = TimeSpan.FromMilliseconds(2),
        LongestResumeDelay = TimeSpan.FromMilliseconds(20),
        FirstRelistDelay = TimeSpan.FromMilliseconds(2),
        LongestRelistDelay = TimeSpan.FromMilliseconds(20),
        SliceRecheck = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>
    /// For servers that are silent. Only where silence is the matter: on a busy machine an honest server may be that slow.
    /// </summary>
    public static WatchLimits ImpatientLimits { get; } = QuickLimits with
    {
        AnswerTimeout = TimeSpan.FromMilliseconds(500),
        ListSilence = TimeSpan.FromMilliseconds(500),
        BookmarkSilence = TimeSpan.FromMilliseconds(1000),
        WatchLength = TimeSpan.FromSeconds(1),
        WatchLengthMargin = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>A server that is not followed yet.</summary>
    public static async Task<WatchedCluster> CreateAsync(ClusterSourceOptions? options = null)
    {
        var server = await FakeApiServer.StartAsync();
        server.BookmarkInterval = TimeSpan.FromMilliseconds(50);
        return new WatchedCluster(server, (options ?? new ClusterSourceOptions()) with { Endpoint = server.Url.ToString() });
    }

    /// <summary>A server with a few objects, followed, and known to the last object.</summary>
    public static async Task<WatchedCluster> FollowAsync(ClusterSourceOptions? options = null, WatchLimits? limits = null)
    {
        var cluster = await CreateAsync(options);
        cluster.PutSomeObjects();
        cluster.Start(limits);
        await cluster.ConvergesAsync();
        return cluster;
    }

    public void Start(WatchLimits? limits = null, ApiServerObserver? observer = null)
    {
        var access = new InClusterAccess(null, null, "");
        _source = ApiServerSource.Open(_options, access, limits ?? QuickLimits, TimeProvider.System, Log, observer);
        _running = Task.WhenAll(_source.RunAsync(_changes.Writer, _stopping.Token), ApplyAsync());
    }

    public void PutSomeObjects()
    {
        Put(ResourceKind.Namespace, """{"metadata":{"name":"demo"}}""");
        Put(ResourceKind.Namespace, """{"metadata":{"name":"shop"}}""");
        foreach (var number in Enumerable.Range(1, 5))
        {
            PutService($"s{number}", number);
            PutSlice($"s{number}-x", number);
        }
    }

    public void PutService(string name, int address) => Put(ResourceKind.Service, $$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"demo"},"spec":{"clusterIP":"10.0.0.{{{address}}}","ports":[{"name":"http","port":80}]}}
        """);

    public void PutSlice(string name, int address) => Put(ResourceKind.EndpointSlice, $$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"demo","labels":{"kubernetes.io/service-name":"s"}},"addressType":"IPv4",
         "endpoints":[{"addresses":["10.1.0.{{{address}}}"],"conditions":{"ready":true}}],"ports":[{"name":"http","port":8080}]}
        """);

    /// <summary>Puts an object on the server; from now on it may be told.</summary>
    public void Put(ResourceKind kind, string json)
    {
        var reading = Read(kind, json);
        _wasTrue[(kind, reading.Key, reading.Record is null ? null : RecordText.Of(reading.Record))] = true;
        Server.Put(kind, json);
    }

    public void Delete(ResourceKind kind, string space, string name)
    {
        _wasTrue[(kind, new ObjectKey(space, name), null)] = true;
        Server.Delete(kind, space, name);
    }

    /// <summary>Waits until the model has exactly what the server has, and nothing untrue was told on the way.</summary>
    public async Task ConvergesAsync()
    {
        await UntilAsync(() => Source.Kinds.All(IsAlike), () => string.Join('\n', Source.Kinds.Where(kind => !IsAlike(kind)).Select(Difference)));
        Assert.That(_untrue, Is.Empty);
    }

    public async Task UntilAsync(Func<bool> condition, Func<string>? otherwise = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_running.IsFaulted)
            {
                await _running;
            }

            if (Stopwatch.GetElapsedTime(started) > Deadline)
            {
                Assert.Fail($"{otherwise?.Invoke()}\nlog:\n{string.Join('\n', Log.Lines.TakeLast(20))}");
            }

            await Task.Delay(PollInterval);
        }
    }

    private bool IsAlike(ResourceKind kind) => Model.Lists(kind) > 0 && Truth(kind).SequenceEqual(Told(kind));

    private string Difference(ResourceKind kind) =>
        $"{kind}: server has\n  {string.Join("\n  ", Truth(kind))}\nzone has\n  {string.Join("\n  ", Told(kind))}";

    private IEnumerable<string> Truth(ResourceKind kind) => Server.Objects(kind)
        .Select(json => Read(kind, json))
        .Where(reading => reading.Record is not null)
        .Select(reading => $"{reading.Key} {RecordText.Of(reading.Record)}")
        .Order(StringComparer.Ordinal);

    private IEnumerable<string> Told(ResourceKind kind) => Model.Of(kind)
        .Select(entry => $"{entry.Key} {entry.Value}")
        .Order(StringComparer.Ordinal);

    private ObjectReading Read(ResourceKind kind, string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        return ObjectReader.Create(kind, new ObjectReaderOptions { KeepPodNames = _options.KeepPodNames }).Read(ref reader);
    }

    private void Witness(ResourceKind kind, ObjectKey key, string? text)
    {
        if (!_wasTrue.ContainsKey((kind, key, text)))
        {
            _untrue.Enqueue($"{kind} {key} was never {text ?? "gone"}");
        }
    }

    private async Task ApplyAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync(_stopping.Token))
        {
            Model.Apply(change);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _source?.Dispose();
        await Server.DisposeAsync();
        _stopping.Dispose();
    }
}
