using System.Net.Sockets;
using System.Text;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>A whole configuration is swapped at once; a bad one changes nothing.</summary>
[TestFixture]
internal sealed class ReloadTests
{
    private const string Whoami = """
        .:0 {
            bind 127.0.0.1
            whoami
            health 127.0.0.1:0
        }
        """;

    [Test]
    public async Task Reload_OtherZones_AreServedOnTheSameSocket()
    {
        await using var server = await RunningServer.StartAsync(Whoami);
        var before = server.Endpoint;
        Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.NoError));

        var error = await server.ReloadAsync(Whoami.Replace(".:0 {", "example.net:0 {", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error, Is.Null);
            Assert.That(server.Endpoint, Is.EqualTo(before));
            Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.Refused));
            Assert.That(await CodeAsync(server, "a.example.net."), Is.EqualTo(ResponseCode.NoError));
        }
    }

    [TestCase(".:0 {\n bind 127.0.0.1\n whoam\n}", "stdin:3 - Error during parsing: Unknown directive 'whoam', did you mean 'whoami'?")]
    [TestCase(".:0 {\n bind 127.0.0.1\n health 127.0.0.1:notaport\n}", "plugin/health: stdin:3")]
    [TestCase("a.example:0 {\n whoami\n}\na.example:0 {\n whoami\n}", "cannot serve dns://a.example.:0 - it is already defined")]
    public async Task Reload_Wrong_ChangesNothingAndSaysWhy(string corefile, string expected)
    {
        await using var server = await RunningServer.StartAsync(Whoami);
        var error = await server.ReloadAsync(corefile);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error, Does.Contain(expected));
            Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.NoError));
            Assert.That(await HealthAsync(server), Is.EqualTo("OK"));
        }
    }

    [Test]
    public async Task Reload_BuildOrStartThrows_ChangesNothingAndTheNextOneSucceeds()
    {
        await using var server = await RunningServer.StartAsync(Whoami);
        var built = await server.ReloadAsync(() => throw new InvalidOperationException("a bug"));
        var started = await server.ReloadAsync(() =>
        {
            var setup = new ConfigurationSetup(server.Services);
            setup.OnStart(_ => throw new NotSupportedException("another bug"));
            return Task.FromResult(new ServerConfiguration([], setup, [], []));
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((built, started), Is.EqualTo(("InvalidOperationException: a bug", "NotSupportedException: another bug")));
            Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.NoError));
            Assert.That(await HealthAsync(server), Is.EqualTo("OK"));
        }

        Assert.That(await server.ReloadAsync(Whoami.Replace(".:0 {", "example.net:0 {", StringComparison.Ordinal)), Is.Null);
        Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.Refused));
    }

    [Test]
    public async Task Reload_OtherTimeouts_HoldOnConnectionsThatAreOpen()
    {
        await using var server = await RunningServer.StartAsync(Whoami);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint, patience.Token);
        var query = QueryFactory.Packet("example.org.", RecordType.A);
        await AskAsync(client, query, patience.Token);

        var error = await server.ReloadAsync(With("timeouts {\n maxtcpqueries 2\n}"));
        await AskAsync(client, query, patience.Token);

        Assert.That(error, Is.Null);
        Assert.That(await client.GetStream().ReadAsync(new byte[1], patience.Token), Is.Zero, "the second query was the last");
    }

    [Test]
    public async Task Reload_OtherNumberOfSockets_IsAWarningAndTheSocketsStay()
    {
        await using var server = await RunningServer.StartAsync(With("multisocket 2"));
        var before = server.Endpoint;
        var error = await server.ReloadAsync(With("multisocket 3"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((error, server.Endpoint), Is.EqualTo(((string?)null, before)));
            Assert.That(await CodeAsync(server, "example.org."), Is.EqualTo(ResponseCode.NoError));
            Assert.That(
                () => server.Log,
                Has.One.EqualTo("[WARNING] dns://127.0.0.1:0 keeps its 2 UDP sockets until the next start; the Corefile asks for 3")
                    .After(30_000, 5));
        }
    }

    [Test]
    public async Task TwoServers_InOneProcess_KnowNothingOfEachOther()
    {
        await using var first = await RunningServer.StartAsync(Whoami);
        await using var second = await RunningServer.StartAsync("example.net:0 {\n bind 127.0.0.1\n whoami\n}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodeAsync(first, "example.org."), Is.EqualTo(ResponseCode.NoError));
            Assert.That(await CodeAsync(second, "example.org."), Is.EqualTo(ResponseCode.Refused));
        }
    }

    private static string With(string directive) =>
        Whoami.Replace("    whoami\n", $"    whoami\n{directive}\n", StringComparison.Ordinal);

    private static async Task AskAsync(TcpClient client, byte[] query, CancellationToken cancellation)
    {
        await DnsSocketClient.WriteAsync(client.GetStream(), query, cancellation);
        await DnsSocketClient.ReadAsync(client.GetStream(), cancellation);
    }

    private static async Task<ResponseCode> CodeAsync(RunningServer server, string name)
    {
        var reply = await server.AskUdpAsync(QueryFactory.Packet(name, RecordType.A));
        return MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));
    }

    private static async Task<string> HealthAsync(RunningServer server)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        return Encoding.UTF8.GetString(await http.GetByteArrayAsync($"http://{server.PageEndpoint("127.0.0.1:0")}/health"));
    }
}
