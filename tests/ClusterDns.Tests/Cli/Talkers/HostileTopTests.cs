using System.Text;
using ClusterDns.Cli.Commands;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Top;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Talkers;

/// <summary>Servers that send something else than they should.</summary>
[TestFixture]
internal sealed class HostileTopTests
{
    private const string Start = "{\"sample\":1,\"since\":\"2026-03-01T10:00:00Z\",\"windowSeconds\":60,\"families\":";

    [TestCase("")]
    [TestCase("<html>")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase(Start + "[]}")]
    [TestCase(Start + "{\"name\":1}}")]
    [TestCase(Start + "{\"name\":{\"recent\":{\"queries\":1,\"entries\":[]}}}}")]
    [TestCase(Start + "{\"name\":{\"recent\":{\"queries\":-1,\"entries\":[]},\"total\":{\"queries\":0,\"entries\":[]}}}}")]
    [TestCase(Start + "{\"name\":{\"recent\":{\"queries\":1,\"entries\":[1]},\"total\":{\"queries\":0,\"entries\":[]}}}}")]
    [TestCase(Start + "{\"name\":{\"recent\":{\"queries\":1,\"entries\":[{\"value\":\"\\ud800\",\"count\":1,\"error\":0,\"share\":1}]},\"total\":{\"queries\":0,\"entries\":[]}}}}")]
    [TestCase(Start + "{\"name\":{\"recent\":{\"queries\":1,\"entries\":[{\"value\":\"a\",\"count\":1,\"error\":2,\"share\":1}]},\"total\":{\"queries\":0,\"entries\":[]}}}}")]
    [TestCase("{\"sample\":1,\"since\":\"yesterday\",\"windowSeconds\":60,\"families\":{}}")]
    [TestCase("{\"sample\":1e99,\"since\":\"2026-03-01T10:00:00Z\",\"windowSeconds\":60,\"families\":{}}")]
    [TestCase("{\"sample\":1,\"since\":\"2026-03-01T10:00:00Z\",\"windowSeconds\":1e300,\"families\":{}}")]
    public void TryRead_SomethingElse_IsFalse(string text)
    {
        Assert.That(TopJsonReader.TryRead(Encoding.UTF8.GetBytes(text), out _), Is.False);
    }

    [Test]
    public void TryRead_ReportCutAnywhere_IsFalse()
    {
        var list = new TopList(3, [new TopEntry("a.example.org.", "shop", "web-0", 3, 1, 1)]);
        var lists = Enumerable.Repeat(list, TopFamilies.Count).ToArray();
        var whole = TopJson.Write(new TopReport(64, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(9), lists, lists), null, 20);

        Assert.That(TopJsonReader.TryRead(whole, out _), Is.True);
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(TopJsonReader.TryRead(whole.AsMemory(0, length), out _), Is.False, $"{length} octets");
        }
    }

    [TestCase("--by", "name")]
    [TestCase("--by", "name", "--json")]
    public async Task Run_ControlsAndDirectionsInTexts_ArePrintedAsAscii(params string[] flags)
    {
        const string entry = "{\"value\":\"\\u001b[2J\\u202ex\\n\",\"namespace\":\"\\u009b\",\"pod\":\"p\u00e4\u007f\",\"count\":1,\"error\":0,\"share\":1}";
        const string list = "{\"queries\":1,\"entries\":[" + entry + "]}";
        var run = await AskAsync(
            context => context.Response.WriteAsync(Start + "{\"name\":{\"recent\":" + list + ",\"total\":" + list + "}}}"), flags);

        Assert.That(run.Code, Is.Zero);
        Assert.That(run.Output, Does.Match(@"^[ -~\n]+$").And.Match("(?i)u001b"));
    }

    [Test]
    public async Task Run_ReplyThatNeverEnds_IsGivenUp()
    {
        var run = await AskAsync(async context =>
        {
            var blanks = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
            }
        });

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCode.NoReply, "")));
        Assert.That(run.Errors, Does.Contain("cannot be asked: ").Or.Contain("did not reply within"));
    }

    [TestCase(StatusCodes.Status302Found)]
    [TestCase(StatusCodes.Status500InternalServerError)]
    public async Task Run_AnyOtherStatus_IsToldAsThat(int status)
    {
        var run = await AskAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });

        Assert.That(run.Code, Is.EqualTo(ExitCode.NoReply));
        Assert.That(run.Errors, Does.EndWith($" replied with HTTP status {status}\n"));
    }

    private static async Task<CommandRun> AskAsync(RequestDelegate page, params string[] flags)
    {
        await using var servers = new HttpServers(new LogCapture());
        await servers.ApplyAsync([new HttpPage("127.0.0.1:0", "/top", page)]);
        return await CommandRun.RunAsync(["top", "--server", servers.EndPointOf("127.0.0.1:0")!.ToString(), .. flags]);
    }
}
