using System.Text.Json;
using ClusterDns.Cli.Commands;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Talkers;

/// <summary>The command against a whole server.</summary>
[TestFixture]
internal sealed class TopCommandTests
{
    private const string Page = "127.0.0.1:0";

    private const string Corefile =
        """
        example.org:0 {
            bind 127.0.0.1
            top 127.0.0.1:0 {
                sample 1
            }
            whoami
        }
        """;

    [Test]
    public async Task Run_ByName_ShowsWhatWasAsked()
    {
        await using var server = await StartAsync(["b.example.org", "b.example.org", "b.example.org", "a\\027[2J.example.org"]);
        var run = await CommandRun.RunAsync("top", "--server", Address(server), "--by", "name");

        Assert.That((run.Code, run.Errors), Is.EqualTo((0, "")));
        Assert.That(run.OutputLines[0], Is.EqualTo($"{Address(server)} by name; all queries are looked at"));
        Assert.That(run.OutputLines[1], Does.Match(@"^last \d+s: 4 queries$"));
        Assert.That(
            run.OutputLines[2..5],
            Is.EqualTo(
            [
                "        queries         over    share  name",
                "              3            0   75.0 %  b.example.org.",
                @"              1            0   25.0 %  a\027[2j.example.org.",
            ]));
        Assert.That(run.OutputLines[5], Does.Match(@"^since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: 4 queries$"));
        Assert.That(run.OutputLines[6..], Is.EqualTo(run.OutputLines[2..5]));
    }

    [Test]
    public async Task Run_CountAndJson_AreOneShortObject()
    {
        await using var server = await StartAsync(["a.example.org", "b.example.org", "b.example.org"]);
        var run = await CommandRun.RunAsync("top", "--server", Address(server), "--by", "name", "--count", "1", "--json");
        using var json = JsonDocument.Parse(run.Output);
        var total = json.RootElement.GetProperty("families").GetProperty("name").GetProperty("total");

        Assert.That(run.Code, Is.Zero);
        Assert.That(
            total.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("value").GetString()),
            Is.EqualTo(["b.example.org."]));
        Assert.That(total.GetProperty("queries").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task Run_Alone_IsByClient()
    {
        await using var server = await StartAsync(["a.example.org"]);
        var run = await CommandRun.RunAsync("top", "--server", Address(server));
        Assert.That(run.OutputLines[3], Does.EndWith("  127.0.0.1"));
    }

    [Test]
    public async Task Run_Watching_GoesOnUntilTheServerIsGone()
    {
        var server = await StartAsync(["a.example.org"]);
        var address = Address(server);
        var clock = new ManualClock();
        await using var output = new FrameWriter();
        await using var errors = new StringWriter();
        var running = CommandTable.TryRunAsync(
            ["top", "--server", address, "--by", "name", "--json", "--watch"],
            new CommandContext(output, errors) { Time = clock });
        for (var frame = 0; frame < 2; frame++)
        {
            // What is pending behind a frame is the pause, for the request's deadline went with the request.
            Assert.That(await output.Frames.WaitAsync(TimeSpan.FromSeconds(60)), Is.True);
            Assert.That(() => clock.PendingTimers, Is.EqualTo(1).After(60_000, 5));
            if (frame == 1)
            {
                await server.DisposeAsync();
            }

            clock.Advance(TimeSpan.FromSeconds(2));
        }

        var code = await running.WaitAsync(TimeSpan.FromSeconds(60));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(ExitCode.NoReply));
            Assert.That(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.StartsWith("{"));
            Assert.That(errors.ToString(), Does.StartWith($"{address} cannot be asked: "));
        }
    }

    [Test]
    public async Task Run_ServerWithoutTop_SaysWhatIsMissing()
    {
        await using var server = await RunningServer.StartAsync("example.org:0 {\n bind 127.0.0.1\n health 127.0.0.1:0\n whoami\n}");
        var run = await CommandRun.RunAsync("top", "--server", Address(server));
        Assert.That(
            (run.Code, run.Errors),
            Is.EqualTo((ExitCode.NoReply, $"{Address(server)} has no /top: its Corefile needs 'top ADDRESS'\n")));
    }

    private static string Address(RunningServer server) => server.PageEndpoint(Page)!.ToString();

    private static async Task<RunningServer> StartAsync(string[] names)
    {
        var server = await RunningServer.StartAsync(Corefile);
        foreach (var name in names)
        {
            await server.AskUdpAsync(QueryFactory.Packet(name, RecordType.A));
        }

        return server;
    }

    /// <summary>Tells when a frame is whole: the command flushes behind each.</summary>
    private sealed class FrameWriter : StringWriter
    {
        public SemaphoreSlim Frames { get; } = new(0);

        public override Task FlushAsync()
        {
            Frames.Release();
            return Task.CompletedTask;
        }

        protected override void Dispose(bool disposing)
        {
            Frames.Dispose();
            base.Dispose(disposing);
        }
    }
}
