using System.Net;
using System.Text.Json;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

/// <summary>The pages of a whole server over its real sockets.</summary>
[TestFixture]
internal sealed class StatusPagesTests
{
    private const string Address = "127.0.0.1:0";
    private const string Corefile = ".:0 {\n bind 127.0.0.1\n status 127.0.0.1:0 {\n host dns.example\n control\n }\n cache\n whoami\n}";

    private RunningServer _server = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await RunningServer.StartAsync(Corefile);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{_server.PageEndpoint(Address)}") };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("/", "text/html; charset=utf-8")]
    [TestCase("/status.css", "text/css; charset=utf-8")]
    [TestCase("/status.js", "text/javascript; charset=utf-8")]
    [TestCase("/elements.js", "text/javascript; charset=utf-8")]
    [TestCase("/plots.js", "text/javascript; charset=utf-8")]
    [TestCase("/answers.js", "text/javascript; charset=utf-8")]
    [TestCase("/controls.js", "text/javascript; charset=utf-8")]
    [TestCase("/icon.svg", "image/svg+xml")]
    public async Task Get_FileOfThePage_HasItsTypeAndKeepsStrangersOut(string path, string type)
    {
        using var reply = await _client.GetAsync(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(reply.Content.Headers.ContentType!.ToString(), Is.EqualTo(type));
            Assert.That(reply.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'self';"));
            Assert.That(reply.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'"));
            Assert.That(reply.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        }
    }

    [TestCase("localhost", HttpStatusCode.OK)]
    [TestCase("LocalHost:8053", HttpStatusCode.OK)]
    [TestCase("127.0.0.1", HttpStatusCode.OK)]
    [TestCase("[::1]:8053", HttpStatusCode.OK)]
    [TestCase("dns.example:80", HttpStatusCode.OK)]
    [TestCase("evil.example", HttpStatusCode.MisdirectedRequest)]
    [TestCase("localhost.evil.example", HttpStatusCode.MisdirectedRequest)]
    [TestCase("192.0.2.1", HttpStatusCode.MisdirectedRequest)]
    public async Task Get_ByAHostName_OnlyByTheAddressesOwn(string host, HttpStatusCode expected)
    {
        foreach (var path in (string[])["/", "/status.js", "/events", "/cache?name=a", "/tail", "/zone"])
        {
            using var request = new HttpRequestMessage(expected == HttpStatusCode.OK ? HttpMethod.Head : HttpMethod.Get, path);
            request.Headers.Host = host;
            using var reply = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.That(reply.StatusCode == HttpStatusCode.MisdirectedRequest, Is.EqualTo(expected == HttpStatusCode.MisdirectedRequest), path);
        }
    }

    [TestCase("X-ClusterDns-Control: 1", HttpStatusCode.OK)]
    [TestCase("", HttpStatusCode.Forbidden)]
    [TestCase("X-ClusterDns-Control: 1\nOrigin: http://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("X-ClusterDns-Control: 1\nOrigin: null", HttpStatusCode.Forbidden)]
    [TestCase("X-ClusterDns-Control: 1\nSec-Fetch-Site: cross-site", HttpStatusCode.Forbidden)]
    [TestCase("X-ClusterDns-Control: 1\nSec-Fetch-Site: same-site", HttpStatusCode.Forbidden)]
    [TestCase("X-ClusterDns-Control: 1\nSec-Fetch-Site: same-origin", HttpStatusCode.OK)]
    public async Task Post_Change_NeverForAnotherSite(string headers, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/cache/flush?name=nothing.example");
        foreach (var header in headers.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (header.Split(": ")[0], header.Split(": ")[1]);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = await _client.SendAsync(request);
        Assert.That(reply.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task Post_LogLevel_IsOnForAsLongAsItSays()
    {
        var on = await PostAsync("/log?level=debug");
        var isOn = _server.Services.Debug.IsOn;
        var off = await PostAsync("/log?level=info");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(on, Is.EqualTo("{\"level\":\"debug\"}\n"));
            Assert.That(isOn, Is.True);
            Assert.That(off, Is.EqualTo("{\"level\":\"info\"}\n"));
            Assert.That(_server.Services.Debug.IsOn, Is.False);
        }
    }

    [Test]
    public async Task Cache_Flushed_ByNameAndBySubtree()
    {
        foreach (var name in (string[])["flush.example.", "a.flush.example.", "b.a.flush.example.", "xflush.example."])
        {
            await _server.AskUdpAsync(QueryFactory.Packet(name, RecordType.A));
        }

        var before = await EntriesAsync("flush.example&subtree=1");
        var one = await PostAsync("/cache/flush?name=a.flush.example");
        var between = await EntriesAsync("Flush.Example&subtree=1");
        var below = await PostAsync("/cache/flush?name=flush.example.&subtree=1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EquivalentTo(["flush.example.", "a.flush.example.", "b.a.flush.example."]));
            Assert.That(one, Is.EqualTo("{\"flushed\":1}"));
            Assert.That(between, Is.EquivalentTo(["flush.example.", "b.a.flush.example."]));
            Assert.That(below, Is.EqualTo("{\"flushed\":2}"));
            Assert.That(await EntriesAsync("xflush.example"), Is.EqualTo(["xflush.example."]));
        }
    }

    [TestCase("/cache")]
    [TestCase("/cache?name=a..b")]
    [TestCase("/tail?type=NOTYPE")]
    [TestCase("/tail?rcode=NOCODE")]
    [TestCase("/tail?client=nobody")]
    public async Task Get_WordsThatMakeNoSense_AreOneSentence(string path)
    {
        using var reply = await _client.GetAsync(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((await reply.Content.ReadAsStringAsync()).Split('\n'), Has.Length.EqualTo(2));
        }
    }

    [Test]
    public async Task Tail_Followed_ShowsWhatTheFilterLetsThrough()
    {
        using var stream = new StreamReader(await _client.GetStreamAsync("/tail?name=tail.example&type=A"));
        await stream.ReadLineAsync();
        await _server.AskUdpAsync(QueryFactory.Packet("other.example.", RecordType.A));
        await _server.AskUdpAsync(QueryFactory.Packet("<b>.tail.example.", RecordType.AAAA));
        await _server.AskUdpAsync(QueryFactory.Packet("<b>.TAIL.example.", RecordType.A));
        JsonElement shown;
        do
        {
            shown = await ReadEventAsync(stream);
        }
        while (shown.GetProperty("queries").GetArrayLength() == 0);

        var query = shown.GetProperty("queries").EnumerateArray().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.GetProperty("name").GetString(), Is.EqualTo("<b>.TAIL.example."));
            Assert.That(query.GetProperty("type").GetString(), Is.EqualTo("A"));
            Assert.That(query.GetProperty("rcode").GetString(), Is.EqualTo("NOERROR"));
            Assert.That(query.GetProperty("plugin").GetString(), Is.EqualTo("whoami"));
            Assert.That(shown.GetProperty("matched").GetInt32(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Events_Followed_CountQueriesWithoutPrometheus()
    {
        using var stream = new StreamReader(await _client.GetStreamAsync("/events"));
        var first = await ReadEventAsync(stream);
        for (var i = 0; i < 20; i++)
        {
            await _server.AskUdpAsync(QueryFactory.Packet($"events{i}.example.", RecordType.A));
        }

        var counted = 0;
        while (counted < 20)
        {
            var next = await ReadEventAsync(stream);
            Assert.That(next.GetProperty("first").GetBoolean(), Is.False);
            counted += next.GetProperty("samples").EnumerateArray().Sum(sample => sample[4].GetInt32());
        }

        var block = first.GetProperty("state").GetProperty("blocks")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.GetProperty("first").GetBoolean(), Is.True);
            Assert.That(first.GetProperty("control").GetBoolean(), Is.True);
            Assert.That(block.GetProperty("chain").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(["status", "cache", "whoami"]));
        }
    }

    private static async Task<JsonElement> ReadEventAsync(StreamReader stream)
    {
        while (true)
        {
            var line = await stream.ReadLineAsync() ?? throw new EndOfStreamException();
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line[6..]).RootElement;
            }
        }
    }

    private async Task<string> PostAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("X-ClusterDns-Control", "1");
        using var reply = await _client.SendAsync(request);
        return await reply.Content.ReadAsStringAsync();
    }

    private async Task<IEnumerable<string?>> EntriesAsync(string words)
    {
        using var json = JsonDocument.Parse(await _client.GetStringAsync($"/cache?name={words}"));
        return [.. json.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("name").GetString())];
    }
}
