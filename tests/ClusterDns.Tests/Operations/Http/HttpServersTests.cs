using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;
using ClusterDns.Testing;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations.Http;

[TestFixture]
internal sealed class HttpServersTests
{
    private const string Address = "127.0.0.1:0";

    private readonly LogCapture _log = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private HttpServers _servers = null!;

    [SetUp]
    public void Open() => _servers = new HttpServers(_log);

    [TearDown]
    public async Task Close() => await _servers.DisposeAsync();

    [OneTimeTearDown]
    public void CloseClient()
    {
        _client.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Get_KnownPath_GivesItsPage()
    {
        await _servers.ApplyAsync([Page("/health", "OK"), Page("/ready", "yes")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await GetAsync("/health"), Is.EqualTo("OK"));
            Assert.That(await GetAsync("/ready"), Is.EqualTo("yes"));
        }
    }

    [Test]
    public async Task Get_OtherPath_NotFound()
    {
        await _servers.ApplyAsync([Page("/health", "OK")]);
        using var reply = await _client.GetAsync(Url("/"));

        Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Head_KnownPath_HeadersOnly()
    {
        await _servers.ApplyAsync([Page("/health", "OK")]);
        using var request = new HttpRequestMessage(HttpMethod.Head, Url("/health"));
        using var reply = await _client.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await reply.Content.ReadAsStringAsync(), Is.Empty);
        }
    }

    [TestCase("POST")]
    [TestCase("DELETE")]
    public async Task OtherMethod_KnownPath_NotAllowed(string method)
    {
        await _servers.ApplyAsync([Page("/health", "OK")]);
        using var request = new HttpRequestMessage(new HttpMethod(method), Url("/health"));
        using var reply = await _client.SendAsync(request);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(reply.Content.Headers.Allow, Is.EquivalentTo(["GET", "HEAD"]));
        }
    }

    [Test]
    public async Task Apply_SameAddress_SwapsPagesOnOpenConnections()
    {
        await _servers.ApplyAsync([Page("/health", "old")]);
        var before = _servers.EndPointOf(Address);
        using var connection = await RawConnection.OpenAsync(before!);
        var first = await connection.GetAsync("/health");
        await _servers.ApplyAsync([Page("/health", "new")]);
        var second = await connection.GetAsync("/health");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Does.EndWith("old"));
            Assert.That(second, Does.EndWith("new"));
            Assert.That(_servers.EndPointOf(Address), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Apply_AddressNoLongerWanted_IsClosed()
    {
        await _servers.ApplyAsync([Page("/health", "OK")]);
        var url = Url("/health");
        await _servers.ApplyAsync([]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await _client.GetAsync(url), Throws.InstanceOf<HttpRequestException>());
            Assert.That(_servers.EndPointOf(Address), Is.Null);
        }
    }

    [Test]
    public async Task Apply_TwoPagesOfOnePath_LaterOneWins()
    {
        await _servers.ApplyAsync([Page("/health", "first"), Page("/health", "second")]);

        Assert.That(await GetAsync("/health"), Is.EqualTo("second"));
    }

    [Test]
    public async Task Apply_OneAddressCannotBeOpened_NothingChanges()
    {
        using var taken = TakePort();
        var takenAddress = $"127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}";
        await _servers.ApplyAsync([Page("/health", "old")]);
        var failure = await Assert.ThrowsAsync<HttpListenException>(() => _servers.ApplyAsync(
            [Page("/health", "new"), Page("/x", "x", "127.0.0.2:0"), Page("/metrics", "m", takenAddress)]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Message, Is.EqualTo($"listen tcp {takenAddress}: Address already in use"));
            Assert.That(await GetAsync("/health"), Is.EqualTo("old"));
            Assert.That(_servers.EndPointOf("127.0.0.2:0"), Is.Null);
        }
    }

    [TestCase("192.0.2.1:0", "listen tcp 192.0.2.1:0: Cannot assign requested address")]
    [TestCase("8080", "listen tcp 8080: address 8080: missing port in address")]
    public async Task Apply_AddressThatCannotBe_IsOneSentence(string address, string expected)
    {
        var failure = await Assert.ThrowsAsync<HttpListenException>(() => _servers.ApplyAsync([Page("/", "", address)]));

        Assert.That(failure!.Message, Is.EqualTo(expected));
    }

    [Test]
    public async Task Apply_FromAllAddressesToOneOnTheSamePort_Works()
    {
        using var probe = TakePort();
        var port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        probe.Dispose();
        await _servers.ApplyAsync([Page("/health", "old", $":{port}")]);
        await _servers.ApplyAsync([Page("/health", "new", $"127.0.0.1:{port}")]);

        Assert.That(await _client.GetStringAsync($"http://127.0.0.1:{port}/health"), Is.EqualTo("new"));
    }

    [Test]
    public async Task Get_PageFails_OneLineAndStatus500()
    {
        await _servers.ApplyAsync([new HttpPage(Address, "/metrics", _ => throw new InvalidOperationException("bug"))]);
        using var reply = await _client.GetAsync(Url("/metrics"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
            Assert.That(_log.Lines, Has.Some.EndsWith("HTTP page /metrics failed"));
        }
    }

    [Test]
    public async Task Get_HeadersTooLarge_IsRefused()
    {
        await _servers.ApplyAsync([Page("/health", "OK")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url("/health"));
        request.Headers.Add("X-Filler", new string('x', HttpLimits.RequestHeaders));
        using var reply = await _client.SendAsync(request);

        Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
    }

    private static HttpPage Page(string path, string text, string address = Address) =>
        new(address, path, context => context.Response.WriteAsync(text));

    // Without SO_REUSEPORT: nobody else gets in.
    private static Socket TakePort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private Uri Url(string path) => new($"http://{_servers.EndPointOf(Address)}{path}");

    private Task<string> GetAsync(string path) => _client.GetStringAsync(Url(path));

    /// <summary>One connection for several requests, by hand.</summary>
    private sealed class RawConnection(TcpClient client) : IDisposable
    {
        public static async Task<RawConnection> OpenAsync(IPEndPoint server)
        {
            var client = new TcpClient();
            await client.ConnectAsync(server);
            return new RawConnection(client);
        }

        public async Task<string> GetAsync(string path)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n"), patience.Token);
            var reply = new byte[4096];
            var text = "";
            while (!text.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(reply, patience.Token);
                Assert.That(read, Is.Positive, "The connection was closed");
                text += Encoding.ASCII.GetString(reply, 0, read);
            }

            // One chunk: its size, its text, the last chunk.
            return text.Split("\r\n")[^4];
        }

        public void Dispose() => client.Dispose();
    }
}
