using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Network;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>Configurations change while clients ask: each reply is whole, from one configuration or the other.</summary>
[TestFixture]
internal sealed class ReloadUnderLoadTests
{
    private const int QueriesPerSecond = 20_000;
    private const int FirstTtl = 5;
    private const int SecondTtl = 7;

    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenReloads = TimeSpan.FromMilliseconds(200);

    private static readonly (string Name, string Data)[] Questions =
    [
        ("backend-service.example.svc.cluster.local.", "A 10.96.151.12"),
        ("backend.renamed.test.", "A 10.96.151.12"),
        ("www.outside.test.", "A 192.0.2.80"),
    ];

    [Test]
    public async Task Reload_UnderTwentyThousandQueriesASecond_LosesNoneAndMixesNone()
    {
        await using var upstream = new FakeUpstream("www.outside.test. 3600 A 192.0.2.80");
        var first = Corefile(FirstTtl, upstream.Endpoint.ToString());
        var second = Corefile(SecondTtl, upstream.Endpoint.ToString());
        await using var server = await RunningServer.StartAsync(first, RepositoryFiles.PathOf("deploy/example"));
        byte[][] queries = [.. Questions.Select(question => QueryFactory.Packet(question.Name, RecordType.A, udpSize: 1232))];
        await using var client = new SteadyClient(server.Endpoint, queries, Judge);

        var load = client.RunAsync(QueriesPerSecond, LoadTime);
        var reloads = 0;
        while (!load.IsCompleted)
        {
            Assert.That(await server.ReloadAsync(++reloads % 2 == 0 ? first : second), Is.Null);
            await Task.WhenAny(load, Task.Delay(BetweenReloads));
        }

        await load;
        TestContext.Out.WriteLine($"{client.Asked} asked, {client.Answered} answered, {reloads} reloads");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reloads, Is.GreaterThan(10));
            Assert.That(client.Wrong, Is.Empty);
            Assert.That(client.Connections, Is.EqualTo(SteadyClient.Connecting), "no connection was ended");
            Assert.That(client.Answered, Is.EqualTo(client.Asked));
        }
    }

    private static string Corefile(int ttl, string upstream) => $$"""
        .:0 {
            bind 127.0.0.1
            errors
            prometheus 127.0.0.1:0
            rewrite name backend.renamed.test backend-service.example.svc.cluster.local
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                ttl {{ttl}}
                fallthrough in-addr.arpa ip6.arpa
            }
            forward . {{upstream}}
            cache {{ttl}} {
                success 1000 {{ttl}} {{ttl}}
            }
            loadbalance
        }
        """;

    // Both the plugin that answers and the cache say which configuration a reply is of; a half-built one has neither.
    private static string? Judge(int index, byte[] reply)
    {
        var (name, data) = Questions[index];
        if (!ReplyReader.TryRead(reply, out var fields))
        {
            return $"{name}: no DNS reply";
        }

        var records = new RecordReader(reply, fields.QuestionEnd);
        var text = records.TryRead(out var record) ? RecordText.Format(reply, record) : $"{fields.Code} without answer";
        bool isExpected = fields.Code == ResponseCode.NoError
            && MessageHeader.AnswerCount(reply) == 1
            && record.TimeToLive <= SecondTtl
            && text.Equals($"{name} {record.TimeToLive} {data}", StringComparison.OrdinalIgnoreCase);
        return isExpected ? null : text;
    }
}
