using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Loop;

/// <summary>A whole server that forwards to itself, over real sockets.</summary>
[TestFixture]
internal sealed class LoopServedTests
{
    [Test]
    public async Task Server_ThatForwardsToItself_LivesAnswersItsNamesAndSaysWhyOnce()
    {
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(
            $$"""
            .:{{port}} {
                bind 127.0.0.1
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    fallthrough in-addr.arpa ip6.arpa
                }
                loop
                forward . 127.0.0.1:{{port}}
            }
            """,
            RepositoryFiles.PathOf("deploy/example"));
        await Transport.Eventually.IsTrue(() => Lines(server).Any(), "the loop is found");
        var outside = await server.AskUdpAsync(QueryFactory.Packet("www.example.org", RecordType.A));
        var inside = await server.AskUdpAsync(QueryFactory.Packet("kubernetes.default.svc.cluster.local", RecordType.A));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(outside)), Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That(MessageHeader.AnswerCount(inside), Is.EqualTo(1));
            Assert.That(await DetectionsAsync(server), Does.Match($@"^clusterdns_loop_detections_total\{{to=""127\.0\.0\.1:{port}""\}} [1-9]"));
            Assert.That(Lines(server).Count(), Is.EqualTo(1));
            Assert.That(Lines(server).Single(), Does.Match(
                $@"^\[ERROR\] plugin/loop: Loop \(127\.0\.0\.1:\d+ -> 127\.0\.0\.1:{port}\) detected for zone ""\."", "
                + @"see https://coredns\.io/plugins/loop#troubleshooting\. Query: ""HINFO \d+\.\d+\.""\. "
                + @"\S+:7 names 127\.0\.0\.1, which leads back here; it is not asked any more$"));
        }
    }

    private static IEnumerable<string> Lines(RunningServer server) =>
        server.Log.Where(line => line.Contains("plugin/loop", StringComparison.Ordinal));

    private static async Task<string> DetectionsAsync(RunningServer server)
    {
        using var page = new MemoryStream();
        await server.Services.Registry.CollectAndExportAsTextAsync(page);
        return Encoding.UTF8.GetString(page.ToArray()).Split('\n')
            .Single(line => line.StartsWith("clusterdns_loop_detections_total{", StringComparison.Ordinal));
    }

    // The Corefile has to name its own port before the server can be asked for it.
    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
