using ClusterDns.Plugins.Top;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top;

/// <summary>The plugin in a whole server.</summary>
[TestFixture]
internal sealed class TopServedTests
{
    [TestCase(1)]
    [TestCase(16)]
    public async Task Packet_AnsweredFromMemoryWithSampling_AllocatesNothing(int sample)
    {
        await using var server = await RunningServer.StartAsync(
            $$"""
            .:0 {
                bind 127.0.0.1
                errors
                top {
                    sample {{sample}}
                }
                prometheus 127.0.0.1:0
                kubernetes cluster.local {
                    pods verified
                }
                loadbalance
            }
            """,
            RepositoryFiles.PathOf("deploy/example"));
        var handler = server.CreateHandler();
        var path = new CountingReplyPath();
        var packets = Enumerable.Range(0, 1000).Select(i => QueryFactory.Packet(
            i % 2 == 0 ? "backend-service.example.svc.cluster.local." : $"missing-{i}.example.svc.cluster.local.",
            RecordType.A,
            udpSize: 1232)).ToArray();
        var next = 0;
        var allocated = Allocation.Of(() => handler.Handle(packets[next++ % packets.Length], path));

        var names = server.Services.TopTalkers.Read().Total[(int)TopFamily.Name];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(path.Sent, Is.EqualTo(next));
            Assert.That(names.Queries, sample == 1 ? Is.EqualTo(next) : Is.GreaterThan(0));
            Assert.That(names.Entries[0].Text, Is.EqualTo("backend-service.example.svc.cluster.local."));
        }
    }

    [Test]
    public async Task Name_ThatWasForwarded_IsCountedOnceAsThatAndNotWhenItComesFromTheCache()
    {
        await using var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        await using var server = await RunningServer.StartAsync($$$"""
            example.org:0 {
                bind 127.0.0.1
                top 127.0.0.1:0 {
                    sample 1
                }
                cache
                forward . {{{upstream.Endpoint}}}
            }
            """);
        for (var i = 0; i < 3; i++)
        {
            await server.AskUdpAsync(QueryFactory.Packet("WWW.example.org", RecordType.A));
        }

        await server.AskTcpAsync(QueryFactory.Packet("missing.example.org", RecordType.A));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Shown(server, TopFamily.Upstream), Is.EquivalentTo(["www.example.org. 1", "missing.example.org. 1"]));
            Assert.That(Shown(server, TopFamily.Name), Is.EqualTo(["www.example.org. 3", "missing.example.org. 1"]));
            Assert.That(Shown(server, TopFamily.Rcode), Is.EqualTo(["NOERROR 3", "NXDOMAIN 1"]));
            Assert.That(Shown(server, TopFamily.Client), Is.EqualTo(["127.0.0.1 4"]));
        }
    }

    [Test]
    public async Task Reload_WithoutTheDirective_StopsAndForgets()
    {
        const string corefile = "example.org:0 {\n bind 127.0.0.1\n top {\n sample 1\n }\n whoami\n}";
        await using var server = await RunningServer.StartAsync(corefile);
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        Assert.That(Shown(server, TopFamily.Name), Is.EqualTo(["a.example.org. 1"]));
        Assert.That(await server.ReloadAsync(corefile.Replace("top {", "top {\n export", StringComparison.Ordinal)), Is.Null);
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));
        Assert.That(Shown(server, TopFamily.Name), Is.EqualTo(["a.example.org. 2"]), "the same rate goes on");
        Assert.That(await server.ReloadAsync("example.org:0 {\n bind 127.0.0.1\n whoami\n}"), Is.Null);
        await server.AskUdpAsync(QueryFactory.Packet("a.example.org", RecordType.A));

        var report = server.Services.TopTalkers.Read();
        Assert.That((report.Sample, report.Total[(int)TopFamily.Name].Queries), Is.EqualTo((0, 0)));
        Assert.That(server.Services.TopTalkers.Octets, Is.Zero);
    }

    private static string[] Shown(RunningServer server, TopFamily family) =>
        [.. server.Services.TopTalkers.Read().Total[(int)family].Entries.Select(entry => $"{entry.Text} {entry.Count}")];
}
