using System.Diagnostics;
using System.Net;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins;

/// <summary>The pages of a whole server: what its queries did shows there, and reloads do them no harm.</summary>
[TestFixture]
internal sealed class PagesServedTests
{
    private const string Page = "127.0.0.1:0";

    private const string Corefile =
        """
        example.org:0 {
            bind 127.0.0.1
            health 127.0.0.1:0
            ready 127.0.0.1:0
            prometheus 127.0.0.1:0
            errors
            log
            loadbalance
            whoami
        }
        """;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    [OneTimeTearDown]
    public void CloseClient() => _client.Dispose();

    [Test]
    public async Task Metrics_QueryServedAndQueryRefused_AreCountedUnderTheirZones()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        await server.AskTcpAsync(QueryFactory.Packet("example.net", RecordType.AAAA));
        var page = await _client.GetStringAsync(Url(server, "/metrics"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain(
                "coredns_dns_requests_total{server=\"dns://127.0.0.1:0\",zone=\"example.org.\",view=\"\",proto=\"udp\",family=\"1\",type=\"A\"} 1\n"));
            Assert.That(page, Does.Contain(
                "coredns_dns_responses_total{server=\"dns://127.0.0.1:0\",zone=\"example.org.\",view=\"\",rcode=\"NOERROR\",plugin=\"whoami\"} 1\n"));
            Assert.That(page, Does.Contain(
                "coredns_dns_responses_total{server=\"dns://127.0.0.1:0\",zone=\"dropped\",view=\"\",rcode=\"REFUSED\",plugin=\"\"} 1\n"));
            foreach (var name in new[] { "prometheus", "errors", "log", "loadbalance", "whoami" })
            {
                Assert.That(page, Does.Contain(
                    $"coredns_plugin_enabled{{server=\"dns://127.0.0.1:0\",zone=\"example.org.\",view=\"\",name=\"{name}\"}} 1\n"));
            }
        }
    }

    [Test]
    public async Task Log_QueryServed_IsALineOfStandardOutput()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        await server.AskUdpAsync(QueryFactory.Packet("A.example.org", RecordType.A));

        Assert.That(
            () => server.Log,
            Has.Some.Match("^\\[INFO\\] 127\\.0\\.0\\.1:\\d+ - 18386 \"A IN a\\.example\\.org\\. udp 31 false 512\" NOERROR qr,aa,rd \\d+ 0\\.\\d+s$")
                .After(30_000, 5));
    }

    [Test]
    public async Task Reload_MistakeInTheCorefile_PagesStayUpOnTheirSockets()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        var before = server.PageEndpoint(Page);
        var fault = await server.ReloadAsync(Corefile.Replace("errors", "errors twice", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault, Does.EndWith(":6 - Error during parsing: invalid log file: twice").And.StartWith("plugin/errors: "));
            Assert.That(server.PageEndpoint(Page), Is.EqualTo(before));
            Assert.That(await _client.GetStringAsync(Url(server, "/health")), Is.EqualTo("OK"));
            Assert.That(await _client.GetStringAsync(Url(server, "/ready")), Is.EqualTo("OK"));
        }
    }

    [Test]
    public async Task Reload_PluginGone_CountersGoOnAndItIsNoLongerEnabled()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        var fault = await server.ReloadAsync(Corefile.Replace("    loadbalance\n", "", StringComparison.Ordinal));
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        var page = await _client.GetStringAsync(Url(server, "/metrics"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault, Is.Null);
            Assert.That(page, Does.Contain("proto=\"udp\",family=\"1\",type=\"A\"} 2\n"));
            Assert.That(page, Does.Contain("name=\"whoami\"} 1\n").And.Not.Contain("name=\"loadbalance\""));
        }
    }

    [Test]
    public async Task Pages_SeveralBlocksOnOneAddress_AreShared()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile + "\n" + Corefile.Replace("example.org:0", "example.net:0", StringComparison.Ordinal));
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        await server.AskUdpAsync(QueryFactory.Packet("a.example.net", RecordType.A));
        var page = await _client.GetStringAsync(Url(server, "/metrics"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _client.GetStringAsync(Url(server, "/health")), Is.EqualTo("OK"));
            Assert.That(await _client.GetStringAsync(Url(server, "/ready")), Is.EqualTo("OK"));
            Assert.That(page, Does.Contain("zone=\"example.org.\",view=\"\",rcode=\"NOERROR\",plugin=\"whoami\"} 1\n"));
            Assert.That(page, Does.Contain("zone=\"example.net.\",view=\"\",rcode=\"NOERROR\",plugin=\"whoami\"} 1\n"));
        }
    }

    [Test]
    public async Task Ready_PluginOfAnotherBlock_IsWaitedForOnEveryPage()
    {
        const string corefile =
            """
            example.org:0 {
                bind 127.0.0.1
                ready 127.0.0.1:0
                whoami
            }
            cluster.local:0 {
                bind 127.0.0.1
                kubernetes {
                    endpoint http://127.0.0.1:1
                    startup_timeout 1ms
                }
            }
            """;
        await using var server = await RunningServer.StartAsync(corefile);
        using var reply = await _client.GetAsync(Url(server, "/ready"));

        Assert.That((reply.StatusCode, await reply.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "kubernetes")));
    }

    [Test]
    public async Task Stop_WithLameduck_IsHealthyNotReadyAndAnswersUntilItsTimeIsOver()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile.Replace("health 127.0.0.1:0", "health 127.0.0.1:0 {\n lameduck 1h\n}", StringComparison.Ordinal));
        using var impatience = new CancellationTokenSource();
        var stop = server.StopAsync(impatience.Token);
        using var ready = await _client.GetAsync(Url(server, "/ready"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ready.StatusCode, await ready.Content.ReadAsStringAsync()), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "Shutting down")));
            Assert.That(await _client.GetStringAsync(Url(server, "/health")), Is.EqualTo("OK"));
            Assert.That(await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A)), Is.Not.Empty);
            Assert.That(stop.IsCompleted, Is.False);
        }

        await impatience.CancelAsync();
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Health_WithWatchdog_AsksTheListeners()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile.Replace("health 127.0.0.1:0", "health 127.0.0.1:0 {\n watchdog\n}", StringComparison.Ordinal));
        var patience = Stopwatch.StartNew();
        while (server.Listener.ReceivedByUdp == 0)
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)), "the watchdog was expected to ask");
            await Task.Delay(20);
        }

        Assert.That(await _client.GetStringAsync(Url(server, "/health")), Is.EqualTo("OK"));
    }

    [Test]
    public async Task Stop_WithLameduckOfAnEarlierBlock_IsNotReadyAtOnce()
    {
        await using var server = await RunningServer.StartAsync("""
            example.net:0 {
                bind 127.0.0.1
                health 127.0.0.1:0 {
                    lameduck 1h
                }
            }
            example.org:0 {
                bind 127.0.0.1
                ready 127.0.0.1:0
            }
            """);
        using var impatience = new CancellationTokenSource();
        var stop = server.StopAsync(impatience.Token);
        using var ready = await _client.GetAsync(Url(server, "/ready"));

        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await impatience.CancelAsync();
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Stop_WithClientsThatStillCome_AnswersThemUntilTheyAreGone()
    {
        await using var server = await RunningServer.StartAsync(
            Corefile.Replace("health 127.0.0.1:0", "health 127.0.0.1:0 {\n lameduck 1ms\n}", StringComparison.Ordinal));
        var stop = server.StopAsync(CancellationToken.None);
        var stillComing = Stopwatch.StartNew();
        while (stillComing.Elapsed < QuietWatch.Quiet * 1.5)
        {
            Assert.That(await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A)), Is.Not.Empty);
            await Task.Delay(20);
        }

        Assert.That(stop.IsCompleted, Is.False);
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task Page_PathOfNoPlugin_NotFound()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var reply = await _client.GetAsync(Url(server, "/debug/pprof"));

        Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static Uri Url(RunningServer server, string path) => new($"http://{server.PageEndpoint(Page)}{path}");
}
