using ClusterDns.Plugins.Health;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Health;

[TestFixture]
internal sealed class HealthTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Page_AlwaysOk()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");
        await using var page = await PageFixture.OpenAsync(fixture);

        Assert.That(await page.GetAsync("/health"), Is.EqualTo((200, "text/plain; charset=utf-8", "OK")));
    }

    [Test]
    public async Task Drain_WithLameduck_WaitsItOutAndStaysHealthy()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health {\n lameduck 5s\n}");
        await using var page = await PageFixture.OpenAsync(fixture);
        var drain = fixture.Configuration.Drains.Single()(CancellationToken.None);
        fixture.Clock.Advance(TimeSpan.FromSeconds(4.9));
        var (isDoneEarly, reply) = (drain.IsCompleted, await page.GetAsync("/health"));
        fixture.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await drain.WaitAsync(Patience);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isDoneEarly, Is.False);
            Assert.That(reply.Status, Is.EqualTo(200));
            Assert.That(fixture.Configuration.WaitsForQuiet, Is.True);
            Assert.That(fixture.Log.Lines, Does.Contain("[Information] plugin/health: Going into lameduck mode for 5s"));
        }
    }

    [Test]
    public async Task Drain_Cancelled_EndsWithoutFault()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health {\n lameduck 5s\n}");
        using var impatience = new CancellationTokenSource();
        var drain = fixture.Configuration.Drains.Single()(impatience.Token);
        await impatience.CancelAsync();

        Assert.That(async () => await drain.WaitAsync(Patience), Throws.Nothing);
    }

    [Test]
    public async Task Drain_WithoutLameduck_IsNotThere()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");

        Assert.That(fixture.Configuration.Drains, Is.Empty);
        Assert.That(fixture.Configuration.WaitsForQuiet, Is.False);
    }

    [Test]
    public async Task Probe_PageAnswers_IsCountedEachSecond()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");
        await using var page = await PageFixture.OpenAsync(fixture);
        var probe = Probe(fixture, page.BoundAddress);
        await probe.StartAsync();
        fixture.Clock.Advance(HealthProbe.Interval);
        await Appears(fixture, "coredns_health_request_duration_seconds_count 1");
        fixture.Clock.Advance(HealthProbe.Interval);
        await Appears(fixture, "coredns_health_request_duration_seconds_count 2");
        await probe.StopAsync();
        var metrics = await fixture.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(metrics, Does.Contain("coredns_health_request_failures_total 0"));
            Assert.That(
                metrics.Where(line => line.Contains("_bucket", StringComparison.Ordinal)).Select(line => line.Split('"')[1]),
                Is.EqualTo(["0.00025", "0.0025", "0.025", "0.25", "2.5", "+Inf"]));
            Assert.That(fixture.Log.Lines, Is.Empty);
        }
    }

    [Test]
    public async Task Probe_NobodyListens_IsAFailureAndALine()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");
        await using var page = await PageFixture.OpenAsync(fixture);
        var address = page.BoundAddress;
        await page.DisposeAsync();
        using var client = new HttpClient();
        await Probe(fixture, address).AskAsync(client);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await fixture.ScrapeAsync(), Does.Contain("coredns_health_request_failures_total 1"));
            Assert.That(
                fixture.Log.Lines.Single(),
                Does.StartWith($"[Warning] plugin/health: Local health request to \"http://{address}/health\" failed: "));
        }
    }

    [Test]
    public async Task Probe_ARoundThatThrows_IsFollowedByTheNextOne()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");
        await using var page = await PageFixture.OpenAsync(fixture);
        var logger = new FaultyLogger();
        var address = page.BoundAddress;
        await page.DisposeAsync();
        var probe = new HealthProbe(address, new HealthMetrics(fixture.Services.Registry), logger, fixture.Clock);
        await probe.StartAsync();
        for (var round = 1; round <= 2; round++)
        {
            fixture.Clock.Advance(HealthProbe.Interval);
            await Appears(fixture, $"coredns_health_request_failures_total {round}");
        }

        await probe.StopAsync();
        Assert.That(logger.Calls, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task Probe_SlowReply_IsALine()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health");
        using var client = new HttpClient(new SlowPage(() => fixture.Clock.Advance(TimeSpan.FromSeconds(1.5))));
        await Probe(fixture, ":8080").AskAsync(client);

        Assert.That(
            fixture.Log.Lines,
            Is.EqualTo(["[Warning] plugin/health: Local health request to \"http://:8080/health\" took more than 1s: 1.5s"]));
    }

    private static HealthProbe Probe(PluginFixture fixture, string address) =>
        new(address, new HealthMetrics(fixture.Services.Registry), fixture.Block.LoggerFor("health"), fixture.Clock);

    private static async Task Appears(PluginFixture fixture, string line)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(await fixture.ScrapeAsync()).Contains(line))
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private sealed class SlowPage(Action wait) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            wait();
            return Task.FromResult(new HttpResponseMessage());
        }
    }

    /// <summary>Throws when it is told for the first time.</summary>
    private sealed class FaultyLogger : ILogger
    {
        public int Calls { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (++Calls == 1)
            {
                throw new InvalidOperationException("a bug");
            }
        }
    }
}
