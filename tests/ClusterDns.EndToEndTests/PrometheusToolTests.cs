using System.Diagnostics;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>Prometheus's own tool reads the metrics page of a server that has everything.</summary>
[TestFixture]
internal sealed class PrometheusToolTests
{
    private static string CorefileFor(FakeUpstream upstream) =>
        $$$"""
        .:0 {
            root /
            metadata
            cancel
            timeouts {
                idle 20s
            }
            multisocket 2
            bind 127.0.0.1
            ready 127.0.0.1:0
            health 127.0.0.1:0
            pprof
            trace
            prometheus 127.0.0.1:0 {
                runtime_metrics
            }
            errors
            log . {
                class error
            }
            local
            any
            chaos
            nsid
            bufsize
            dns64 {
                allow_ipv4
            }
            loadbalance
            rewrite name old.example.org www.example.org
            header {
                response set ra
            }
            cache
            template IN A made.example.org {
                answer "{{ .Name }} 60 IN A 192.0.2.2"
            }
            hosts {
                192.0.2.3 known.example.org
                fallthrough
            }
            k8s_external outside.example
            acl {
                block type MX
                filter type TXT
                drop type NULL
            }
            minimal
            kubernetes cluster.local in-addr.arpa ip6.arpa
            loop
            forward . {{{upstream.Endpoint}}}
            whoami
            reload
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Promtool_PageOfAServerWithEveryPlugin_FindsNothingToComplainOf()
    {
        RequiredTool.Check("promtool");
        await using var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        await using var server = await RunningServer.StartAsync(CorefileFor(upstream), RepositoryFiles.PathOf("deploy/example"));
        foreach (var type in new[] { RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.ANY, RecordType.MX, RecordType.TXT })
        {
            await server.AskUdpAsync(QueryFactory.Packet("backend-service.example.svc.cluster.local.", type, udpSize: 1232));
            await server.AskTcpAsync(QueryFactory.Packet("localhost.example.org.", type));
            await server.AskUdpAsync(QueryFactory.Packet("old.example.org.", type));
            await server.AskUdpAsync(QueryFactory.Packet("made.example.org.", type));
        }

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var page = await client.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));
        Assert.That(page, Does.Contain("coredns_dns_requests_total{")
            .And.Contain("coredns_acl_blocked_requests_total{").And.Contain("coredns_proxy_request_duration_seconds_bucket{"));
        var (code, complaints) = await CheckAsync(page);

        Assert.That((code, complaints), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Promtool_PageThatIsNone_Complains()
    {
        RequiredTool.Check("promtool");
        Assert.That((await CheckAsync("# TYPE a counter\na{b} 1\n")).Code, Is.Not.Zero);
    }

    private static async Task<(int Code, string Complaints)> CheckAsync(string page)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var tool = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = tool.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = tool.StandardError.ReadToEndAsync(patience.Token);
        await tool.StandardInput.WriteAsync(page.AsMemory(), patience.Token);
        tool.StandardInput.Close();
        await tool.WaitForExitAsync(patience.Token);
        return (tool.ExitCode, await output + await errors);
    }
}
