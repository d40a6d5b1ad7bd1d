using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>A whole server with a cache: what a hit costs, and what a reload leaves. <c>whoami</c> tells the first client's port.</summary>
[TestFixture]
internal sealed class CachedServerTests
{
    private const string Corefile = """
        .:0 {
            bind 127.0.0.1
            errors
            prometheus 127.0.0.1:0
            cache 3600 {
                success 9984 3600 3600
            }
            whoami
        }
        """;

    [Test]
    public async Task Hit_ThroughTheWholeChain_AllocatesNothing()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        var handler = server.CreateHandler();
        var path = new CountingReplyPath();
        var packet = QueryFactory.Packet("a.example.org.", RecordType.A, udpSize: 1232);
        var asked = 0;

        var allocated = Allocation.Of(() =>
        {
            asked++;
            handler.Handle(packet, path);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.Sent, Is.EqualTo(asked));
            Assert.That(allocated, Is.Zero);
            Assert.That(await HitsAsync(server), Is.EqualTo(asked - 1));
        }
    }

    [Test]
    public async Task Reload_BlockUnchanged_KeepsTheCache()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        var first = await AskAsync(server, 1001);

        Assert.That(await server.ReloadAsync("# a comment\nother.org:0 {\n bind 127.0.0.1\n whoami\n}\n" + Corefile), Is.Null);
        var second = await AskAsync(server, 1002);

        Assert.That(PortOf(second), Is.EqualTo(PortOf(first)).And.EqualTo(1001));
        Assert.That(await HitsAsync(server), Is.EqualTo(1));
    }

    [Test]
    public async Task Reload_BlockChanged_StartsEmpty()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        await AskAsync(server, 1001);

        Assert.That(await server.ReloadAsync(Corefile.Replace("errors", "log", StringComparison.Ordinal)), Is.Null);

        Assert.That(PortOf(await AskAsync(server, 1002)), Is.EqualTo(1002));
    }

    [Test]
    public async Task Reload_WithAMistake_KeepsTheCache()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        await AskAsync(server, 1001);

        Assert.That(await server.ReloadAsync(Corefile.Replace("whoami", "whoami x", StringComparison.Ordinal)), Is.Not.Null);

        Assert.That(PortOf(await AskAsync(server, 1002)), Is.EqualTo(1001));
    }

    [Test]
    public async Task TwoBlocks_ThatSayTheSame_ShareNothing()
    {
        const string block = "{\n bind 127.0.0.1\n cache 3600 . {\n success 9984 3600 3600\n }\n whoami\n}\n";
        await using var server = await RunningServer.StartAsync($"a.org:0 {block}b.org:0 {block}");
        var caches = server.Services.CacheBudget;
        await AskAsync(server, 1001, "x.a.org.");
        var one = caches.Used;
        await AskAsync(server, 1001, "x.b.org.");

        Assert.That(caches.Used, Is.EqualTo(2 * one).And.GreaterThan(0));
    }

    [Test]
    public async Task Stop_GivesTheMemoryBack()
    {
        var server = await RunningServer.StartAsync(Corefile);
        await AskAsync(server, 1001);
        Assert.That(server.Services.CacheBudget.Used, Is.GreaterThan(0));
        await server.DisposeAsync();

        Assert.That(server.Services.CacheBudget.Used, Is.Zero);
    }

    private static Task<byte[]> AskAsync(RunningServer server, int port, string name = "a.example.org.")
    {
        var path = new RecordingReplyPath(
            TransportProtocol.Udp, new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, 53));
        server.CreateHandler().Handle(QueryFactory.Packet(name, RecordType.A), path);
        return Task.FromResult(path.Sent!);
    }

    /// <summary>The port in whoami's SRV record.</summary>
    private static int PortOf(byte[] reply)
    {
        Assert.That(ReplyReader.TryRead(reply, out var fields), Is.True);
        var records = new RecordReader(reply, fields.QuestionEnd);
        while (records.TryRead(out var record))
        {
            if (record.Type == RecordType.SRV)
            {
                return (reply[record.DataOffset + 4] << 8) | reply[record.DataOffset + 5];
            }
        }

        return -1;
    }

    private static async Task<double> HitsAsync(RunningServer server)
    {
        using var page = new MemoryStream();
        await server.Services.Registry.CollectAndExportAsTextAsync(page);
        return System.Text.Encoding.UTF8.GetString(page.ToArray())
            .Split('\n')
            .Where(line => line.StartsWith("coredns_cache_hits_total{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
