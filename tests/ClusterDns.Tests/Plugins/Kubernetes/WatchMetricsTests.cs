using System.Globalization;
using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Testing;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The page tells how well each kind is followed, and nothing of what is not asked for any more.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WatchMetricsTests
{
    private const string Prefix = "clusterdns_kubernetes_watch_";
    private const string Host = "10.96.0.1:443";
    private const int MostLooks = 3000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly ManualClock _clock = new();
    private readonly WatchMetrics _metrics;
    private readonly ApiServerObserver _source;

    public WatchMetricsTests()
    {
        _metrics = new WatchMetrics(_registry, _clock);
        _source = Open();
        _source.Started(ResourceKind.EndpointSlice);
    }

    [Test]
    public async Task Kind_NotListedYet_IsNotEstablishedAndSilentSinceItsStart()
    {
        _clock.Advance(TimeSpan.FromSeconds(4));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ValueAsync("established"), Is.EqualTo("0"));
            Assert.That(await ValueAsync("silence_seconds"), Is.EqualTo("4"));
            Assert.That(await ValueAsync("resource_version"), Is.Null);
        }
    }

    [Test]
    public async Task Silence_EventBookmarkOrList_BeginsAnewWithEach()
    {
        Action<ApiServerObserver>[] calls =
        [
            source => source.Listed(ResourceKind.EndpointSlice, "1001", default),
            source => source.EventReceived(ResourceKind.EndpointSlice, "1002", default),
            source => source.BookmarkReceived(ResourceKind.EndpointSlice, "1003", default),
        ];
        for (var i = 0; i < calls.Length; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            calls[i](_source);
            _clock.Advance(TimeSpan.FromSeconds(2));

            Assert.That(await ValueAsync("silence_seconds"), Is.EqualTo("2"));
            Assert.That(await ValueAsync("resource_version"), Is.EqualTo($"{1001 + i}"));
        }
    }

    [TestCase("x17")]
    [TestCase("-1")]
    [TestCase("340282366920938463463374607431768211455")]
    public async Task Version_NoNumber_IsNotShown(string version)
    {
        _source.Listed(ResourceKind.EndpointSlice, "1001", default);
        _source.EventReceived(ResourceKind.EndpointSlice, version, default);

        Assert.That(await ValueAsync("resource_version"), Is.Null);
    }

    [Test]
    public async Task Watch_OpensAndBreaks_IsToldWithItsReason()
    {
        _source.Following(ResourceKind.EndpointSlice);
        Assert.That(await ValueAsync("established"), Is.EqualTo("1"));

        _source.Interrupted(ResourceKind.EndpointSlice, relists: false, InterruptionReason.Silent, "");
        _source.Interrupted(ResourceKind.EndpointSlice, relists: true, InterruptionReason.Expired, "");
        _source.Interrupted(ResourceKind.EndpointSlice, relists: true, InterruptionReason.Expired, "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ValueAsync("established"), Is.EqualTo("0"));
            Assert.That(await ValueAsync("reconnects_total", """,reason="silent" """.TrimEnd()), Is.EqualTo("1"));
            Assert.That(await ValueAsync("relists_total", """,reason="expired" """.TrimEnd()), Is.EqualTo("2"));
        }
    }

    [Test]
    public async Task SeveralSources_OfOneKind_TheWorstIsTold()
    {
        var other = Open();
        other.Started(ResourceKind.EndpointSlice);
        other.Listed(ResourceKind.EndpointSlice, "900", default);
        _clock.Advance(TimeSpan.FromSeconds(3));
        _source.Listed(ResourceKind.EndpointSlice, "1000", default);
        _source.Following(ResourceKind.EndpointSlice);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ValueAsync("established"), Is.EqualTo("0"));
            Assert.That(await ValueAsync("silence_seconds"), Is.EqualTo("3"));
            Assert.That(await ValueAsync("resource_version"), Is.EqualTo("900"));
        }

        other.Stopped(ResourceKind.EndpointSlice);
        Assert.That(await ValueAsync("established"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Kind_NotAskedForAnyMore_LeavesThePage()
    {
        _source.Listed(ResourceKind.EndpointSlice, "1000", default);
        Assert.That(await ValueAsync("established"), Is.EqualTo("0"));

        _source.Stopped(ResourceKind.EndpointSlice);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ValueAsync("established"), Is.Null);
            Assert.That(await ValueAsync("silence_seconds"), Is.Null);
            Assert.That(await ValueAsync("resource_version"), Is.Null);
        }
    }

    [Test]
    public async Task Reason_EachOfThem_HasANameOfItsOwn()
    {
        foreach (var reason in Enum.GetValues<InterruptionReason>())
        {
            _source.Interrupted(ResourceKind.EndpointSlice, relists: true, reason, "");
        }

        var lines = (await PageAsync()).Where(line => line.StartsWith(Prefix + "relists_total{", StringComparison.Ordinal));
        Assert.That(lines.Count(), Is.EqualTo(Enum.GetValues<InterruptionReason>().Length));
    }

    /// <summary>The page of a whole server, and the same after a connection was lost and a version forgotten.</summary>
    [Test]
    public async Task Page_OfAServerThatFollowsAnApiServer_TellsOfEachKind()
    {
        await using var api = await FakeApiServer.StartAsync();
        await using var server = await RunningServer.StartAsync($$"""
            .:0 {
                bind 127.0.0.1
                prometheus 127.0.0.1:0
                kubernetes cluster.local {
                    endpoint {{api.Url}}
                    pods verified
                    startup_timeout 60s
                }
            }
            """);
        string[] kinds = ["namespaces", "services", "endpointslices", "pods"];
        await UntilAsync(server, page => kinds.All(kind => page.Contains($"{Prefix}established{{kind=\"{kind}\",host=\"{api.Url.Authority}\"}} 1\n")));
        var version = (await PageAsync(server)).Split('\n').Single(line => line.StartsWith($"{Prefix}resource_version{{kind=\"pods\"")).Split(' ')[^1];
        Assert.That(long.Parse(version, CultureInfo.InvariantCulture), Is.GreaterThan(0));

        api.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service, FakeCall.ResumedWatch);
        api.Disconnect();

        await UntilAsync(server, page =>
            page.Contains($"{Prefix}relists_total{{kind=\"services\",host=\"{api.Url.Authority}\",reason=\"expired\"}} 1\n")
            && page.Contains($"{Prefix}reconnects_total{{kind=\"pods\",host=\"{api.Url.Authority}\",reason=\"failed\"}} 1\n"));
    }

    private static async Task UntilAsync(RunningServer server, Func<string, bool> isSo)
    {
        var page = "";
        for (var looks = 0; looks < MostLooks; looks++)
        {
            page = await PageAsync(server);
            if (isSo(page))
            {
                return;
            }

            await Task.Delay(BetweenLooks);
        }

        Assert.Fail(string.Join('\n', page.Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))));
    }

    private static async Task<string> PageAsync(RunningServer server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await client.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));
    }

    private ApiServerObserver Open()
    {
        var source = _metrics.Observe(new ApiServerMetrics(Metrics.NewCustomRegistry()));
        source.Opened(Host);
        return source;
    }

    private async Task<string?> ValueAsync(string name, string more = "")
    {
        var wanted = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{name}{{kind=\"endpointslices\",host=\"{Host}\"{more}}} ");
        return (await PageAsync()).SingleOrDefault(line => line.StartsWith(wanted, StringComparison.Ordinal))?[wanted.Length..];
    }

    private async Task<string[]> PageAsync()
    {
        using var page = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(page);
        return Encoding.UTF8.GetString(page.ToArray()).Split('\n');
    }
}
