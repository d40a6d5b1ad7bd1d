using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Status.State;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>Whole servers with views, asked over real sockets.</summary>
[TestFixture]
internal sealed class ViewServedTests
{
    private const string TwoViews =
        """
        example.org:0 {
            bind 127.0.0.1
            view first {
                expr incidr(client_ip(), '127.0.0.1/32')
            }
            prometheus 127.0.0.1:0
            cache
            acl {
                allow
            }
            template IN A example.org {
                answer "{{ .Name }} 60 IN A 192.0.2.1"
            }
        }
        example.org:0 {
            bind 127.0.0.1
            view second {
                expr incidr(client_ip(), '127.0.0.0/8')
                expr name() endsWith '.example.org.'
            }
            prometheus 127.0.0.1:0
            template IN A example.org {
                answer "{{ .Name }} 60 IN A 192.0.2.2"
            }
        }
        """;

    private const string Everything =
        """

        example.org:0 {
            bind 127.0.0.1
            template IN A example.org {
                answer "{{ .Name }} 60 IN A 192.0.2.3"
            }
        }
        """;

    [TestCase("127.0.0.1", "www.example.org.", "NOERROR A 192.0.2.1")]
    [TestCase("127.0.0.2", "www.example.org.", "NOERROR A 192.0.2.2")]
    [TestCase("127.0.0.1", "example.org.", "NOERROR A 192.0.2.1")]
    [TestCase("127.0.0.2", "example.org.", "REFUSED")]
    [TestCase("127.0.0.1", "example.net.", "REFUSED")]
    public async Task Query_OfAClient_IsServedByTheFirstViewThatTakesIt(string client, string name, string expected)
    {
        await using var server = await RunningServer.StartAsync(TwoViews);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AskAsync(server, client, name, TransportProtocol.Udp), Is.EqualTo(expected));
            Assert.That(await AskAsync(server, client, name, TransportProtocol.Tcp), Is.EqualTo(expected));
        }
    }

    [Test]
    public async Task Block_WithoutAView_TakesWhatTheViewsLeave()
    {
        await using var server = await RunningServer.StartAsync(TwoViews + Everything);
        Assert.That(await AskAsync(server, "127.0.0.2", "example.org."), Is.EqualTo("NOERROR A 192.0.2.3"));
        Assert.That(await AskAsync(server, "127.0.0.2", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.2"));
    }

    [Test]
    public async Task Views_ThatAllTurnAway_LeaveTheQueryToAShorterZone()
    {
        await using var server = await RunningServer.StartAsync(TwoViews + Everything.Replace("example.org:0", ".:0", StringComparison.Ordinal));
        Assert.That(await AskAsync(server, "127.0.0.2", "example.org."), Is.EqualTo("NOERROR A 192.0.2.3"));
    }

    [Test]
    public async Task Reload_OtherExpression_IsInForceForTheNextQuery()
    {
        await using var server = await RunningServer.StartAsync(TwoViews);
        Assert.That(await AskAsync(server, "127.0.0.1", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.1"));
        var swapped = TwoViews.Replace("'127.0.0.1/32'", "'127.0.0.2/32'", StringComparison.Ordinal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await server.ReloadAsync(swapped), Is.Null);
            Assert.That(await AskAsync(server, "127.0.0.1", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.2"));
            Assert.That(await AskAsync(server, "127.0.0.2", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.1"));
            Assert.That(await server.ReloadAsync(Everything), Is.Null);
            Assert.That(await AskAsync(server, "127.0.0.1", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.3"));
            Assert.That(
                await server.ReloadAsync(TwoViews.Replace("name() endsWith", "name() endswith", StringComparison.Ordinal)),
                Does.Contain("stdin:19 - Error during parsing: unexpected 'endswith', at character 8 of the expression"));
            Assert.That(await AskAsync(server, "127.0.0.1", "www.example.org."), Is.EqualTo("NOERROR A 192.0.2.3"));
        }
    }

    [Test]
    public async Task Metrics_OfBlocksWithViews_HaveTheirNames()
    {
        await using var server = await RunningServer.StartAsync(TwoViews);
        await AskAsync(server, "127.0.0.1", "www.example.org.");
        await AskAsync(server, "127.0.0.1", "www.example.org.");
        await AskAsync(server, "127.0.0.2", "www.example.org.");
        var page = await EveryPlugin.PageAsync(server);
        const string First = "server=\"dns://127.0.0.1:0\",zone=\"example.org.\",view=\"first\"";
        const string Second = "server=\"dns://127.0.0.1:0\",zone=\"example.org.\",view=\"second\"";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain($"coredns_dns_requests_total{{{First},proto=\"udp\",family=\"1\",type=\"A\"}} 2\n"));
            Assert.That(page, Does.Contain($"coredns_dns_requests_total{{{Second},proto=\"udp\",family=\"1\",type=\"A\"}} 1\n"));
            Assert.That(page, Does.Contain($"coredns_dns_responses_total{{{Second},rcode=\"NOERROR\",plugin=\"template\"}} 1\n"));
            Assert.That(page, Does.Contain($"coredns_dns_request_duration_seconds_count{{{First}}} 2\n"));
            Assert.That(page, Does.Contain($"coredns_dns_response_size_bytes_count{{{First},proto=\"udp\"}} 2\n"));
            Assert.That(page, Does.Contain($"coredns_plugin_enabled{{{First},name=\"view\"}} 1\n"));
            Assert.That(page, Does.Contain($"coredns_plugin_enabled{{{Second},name=\"template\"}} 1\n"));
            Assert.That(page, Does.Contain($"coredns_template_matches_total{{{Second},class=\"IN\",type=\"A\"}} 1\n"));
            Assert.That(page, Does.Contain("coredns_cache_requests_total{server=\"dns://127.0.0.1:0\",zones=\"example.org.\",view=\"first\"} 2\n"));
            Assert.That(page, Does.Contain("coredns_cache_entries{server=\"dns://127.0.0.1:0\",type=\"success\",zones=\"example.org.\",view=\"first\"} 1\n"));
            Assert.That(page, Does.Contain("coredns_acl_allowed_requests_total{server=\"dns://127.0.0.1:0\",view=\"first\"} 2\n"));
        }
    }

    [Test]
    public async Task Status_OfBlocksWithViews_CountsTheQueriesOfEach()
    {
        await using var server = await RunningServer.StartAsync(
            TwoViews.Replace("prometheus 127.0.0.1:0", "prometheus 127.0.0.1:0\n status 127.0.0.1:0", StringComparison.Ordinal));
        await AskAsync(server, "127.0.0.1", "www.example.org.");
        await AskAsync(server, "127.0.0.1", "www.example.org.");
        await AskAsync(server, "127.0.0.2", "www.example.org.");
        using var written = new MemoryStream();
        await using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            BlockJson.Write(json, server.Services.Status, server.Services.Status.Configuration!);
            json.WriteEndObject();
        }

        using var blocks = JsonDocument.Parse(written.ToArray());
        Assert.That(
            blocks.RootElement.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("queries").GetInt32()),
            Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task Metadata_OfTheBlock_IsKnownToItsViewAndHasTheViewsName()
    {
        await using var server = await RunningServer.StartAsync(
            """
            example.org:0 {
                bind 127.0.0.1
                view unnamed {
                    expr metadata('view/name') == 'unnamed'
                }
                whoami
            }
            .:0 {
                bind 127.0.0.1
                metadata example.org
                log . "view={/view/name} {name}"
                view named {
                    expr metadata('view/name') == 'named'
                }
                whoami
            }
            .:0 {
                bind 127.0.0.1
                log . "view={/view/name} {name}"
                whoami
            }
            """);
        await AskAsync(server, "127.0.0.1", "www.example.org.");
        await AskAsync(server, "127.0.0.1", "www.example.net.");
        Assert.That(
            () => server.Log,
            Has.Some.EndsWith("view=named www.example.org.").And.Some.EndsWith("view=- www.example.net.").After(30_000, 5));
    }

    [TestCase("view a b {\n expr true\n }\n whoami", "plugin/view: stdin:3 - Error during parsing: Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("view {\n expr true\n }\n whoami", "plugin/view: stdin:3 - Error during parsing: Wrong argument count or unexpected line ending after 'view'")]
    [TestCase("view a {\n expr\n }\n whoami", "plugin/view: stdin:4 - Error during parsing: Wrong argument count or unexpected line ending after 'expr'")]
    [TestCase("view a {\n rule true\n }\n whoami", "plugin/view: stdin:4 - Error during parsing: unknown property 'rule'")]
    [TestCase("view a {\n expr true\n }\n view b {\n expr true\n }\n whoami", "plugin/view: stdin:6 - Error during parsing: this plugin can only be used once per Server Block")]
    [TestCase("view a {\n expr type() == \"A\"\n }\n whoami", "plugin/view: stdin:4 - Error during parsing: unknown name 'A', at character 11 of the expression; texts stand between single quotes")]
    [TestCase("view a {\n expr size()\n }\n whoami", "plugin/view: stdin:4 - Error during parsing: the expression is of type int, not bool: no query would be taken")]
    public void Start_Mistake_IsToldWithFileAndLine(string lines, string expected) =>
        Assert.That(
            async () => await RunningServer.StartAsync($".:0 {{\n bind 127.0.0.1\n {lines}\n}}"),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo(expected));

    [Test]
    public void Start_BlockBehindOneWithoutView_IsRefused() =>
        Assert.That(
            async () => await RunningServer.StartAsync(Everything + "\n" + TwoViews),
            Throws.TypeOf<CorefileException>().With.Message.Contains("cannot serve dns://example.org.:0 on 127.0.0.1 - it is already defined"));

    private static async Task<string> AskAsync(
        RunningServer server, string client, string name, TransportProtocol protocol = TransportProtocol.Udp)
    {
        var packet = QueryFactory.Packet(name, RecordType.A);
        var reply = protocol == TransportProtocol.Udp
            ? await DnsSocketClient.AskUdpAsync(server.Endpoint, packet, Open)
            : await DnsSocketClient.AskTcpAsync(server.Endpoint, packet, Open);
        return ViewAnswer.Of(reply);

        Socket Open(AddressFamily family, SocketType type, ProtocolType number)
        {
            var socket = new Socket(family, type, number);
            socket.Bind(new IPEndPoint(IPAddress.Parse(client), 0));
            return socket;
        }
    }
}
