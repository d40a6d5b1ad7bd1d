using System.Diagnostics;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>Prometheus's own tool reads the metrics page of a server that has everything.</summary>
[TestFixture]
internal sealed class PrometheusToolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Promtool_PageOfAServerWithEveryPlugin_FindsNothingToComplainOf()
    {
        RequiredTool.Check("promtool");
        await using var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        await using var server = await RunningServer.StartAsync(EveryPlugin.Corefile(upstream), RepositoryFiles.PathOf("deploy/example"));
        await EveryPlugin.ExerciseAsync(server);

        var page = await EveryPlugin.PageAsync(server);
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
