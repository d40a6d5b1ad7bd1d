using System.Text.Json;
using ClusterDns.Explaining;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>A running server explains itself, to a page's reader and to the command.</summary>
[TestFixture]
internal sealed class ExplainPageTests
{
    private const string Address = "127.0.0.1:0";

    private readonly LogCapture _log = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private RunningServer _server = null!;
    private HttpServers _pages = null!;

    private string Bound => _pages.EndPointOf(Address)!.ToString();

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await RunningServer.StartAsync(
            ".:0 {\n kubernetes cluster.local {\n pods verified\n }\n }", RepositoryFiles.PathOf("deploy/example"));
        var page = new ExplainPage(new Explainer(_server.Services, () => [_server.FirstRoutes]));
        _pages = new HttpServers(_log);
        await _pages.ApplyAsync([new HttpPage(Address, ExplainPage.Path, page.WriteAsync)]);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _pages.DisposeAsync();
        await _server.DisposeAsync();
        _client.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Get_NameTypeAndClient_GivesTheExplanation()
    {
        using var reply = await _client.GetAsync(Url("?name=queue&type=AAAA&from=example"));
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)reply.StatusCode, Is.EqualTo(200));
            Assert.That(reply.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
            Assert.That(reply.Headers.GetValues(ExplainPage.ResolvedHeader), Is.EqualTo(new[] { "false" }));
            Assert.That(json.RootElement.GetProperty("namespace").GetString(), Is.EqualTo("example"));
            Assert.That(
                json.RootElement.GetProperty("names")[0].GetProperty("reason").GetString(),
                Is.EqualTo("service `queue` of namespace `example` exists, and has no IPv6 address"));
        }
    }

    [TestCase("", 400)]
    [TestCase("?name=", 400)]
    [TestCase("?name=web&type=NONSENSE", 400)]
    [TestCase("?name=a..b", 422)]
    [TestCase("?name=web&from=nobody", 422)]
    [TestCase("?name=web&from=%00%0a%1b%5b31m", 422)]
    public async Task Get_RequestWithoutSense_IsToldSo(string query, int expected)
    {
        using var reply = await _client.GetAsync(Url(query));

        Assert.That((int)reply.StatusCode, Is.EqualTo(expected));
        Assert.That((await reply.Content.ReadAsStringAsync()).TrimEnd('\n'), Is.Not.Empty.And.No.Match("[\\x00-\\x1f]"));
    }

    [Test]
    public async Task Get_LongerThanAnyName_IsRefused()
    {
        using var reply = await _client.GetAsync(Url($"?name={new string('a', ExplainLimits.MostTyped + 1)}"));

        Assert.That((int)reply.StatusCode, Is.EqualTo(400));
    }

    [TestCase(0, "backend-service", "--from", "example")]
    [TestCase(1, "backend-service", "--from", "example", "--type", "AAAA", "--json")]
    [TestCase(1, "backend-service")]
    [TestCase(2, "web", "--from", "nobody")]
    public async Task Command_AsksTheServer_PrintsWhatItSays(int expected, params string[] words)
    {
        var run = await CommandRun.RunAsync(["explain", .. words, "--server", Bound]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(expected));
            Assert.That(expected == 2 ? run.Errors : run.Output, Does.Contain(expected == 2 ? "'nobody'" : "backend-service"));
        }
    }

    [Test]
    public async Task Command_ServerWithoutThePage_ExitsWith9()
    {
        await using var other = new HttpServers(_log);
        await other.ApplyAsync([new HttpPage(Address, "/health", context => Task.CompletedTask)]);
        var run = await CommandRun.RunAsync("explain", "web", "--server", other.EndPointOf(Address)!.ToString());

        Assert.That(run.Code, Is.EqualTo(9));
        Assert.That(run.Errors, Does.Contain("says 404: it has no page /explain"));
    }

    private Uri Url(string query) => new($"http://{Bound}{ExplainPage.Path}{query}");
}
