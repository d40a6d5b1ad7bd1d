using System.Globalization;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>Clients with EDNS are told over the wire why a query failed; all others, and with the switch off all, get what they always got.</summary>
[TestFixture]
internal sealed class ExtendedErrorTests
{
    private const string Name = "www.example.org";

    [Test]
    public async Task Failure_OfAnUpstreamThatIsSilent_IsNoReachableAuthority()
    {
        await using var upstream = new FakeUpstream { Script = _ => [] };
        await using var server = await ForwardAsync(upstream);

        Assert.That(await AskAsync(server), Is.EqualTo("ServerFailure; EDE: 22 upstream timed out"));
    }

    [Test]
    public async Task Failure_OfAnUpstreamThatIsNotThere_IsNoReachableAuthority()
    {
        await using var upstream = new FakeUpstream();
        await upstream.StopAsync();
        await using var server = await ForwardAsync(upstream);

        Assert.That(await AskAsync(server), Is.EqualTo("ServerFailure; EDE: 22 upstream unreachable"));
    }

    [Test]
    public async Task Failure_OfAConnectionThatIsLost_IsANetworkError()
    {
        await using var upstream = new FakeUpstream { Script = _ => [new FakeAction.Reset()] };
        await using var server = await ForwardAsync(upstream, "force_tcp");

        Assert.That(await AskAsync(server), Is.EqualTo("ServerFailure; EDE: 23 connection to upstream lost"));
    }

    // Neither the upstream's own option nor its words come through.
    [Test]
    public async Task Failure_ThatTheUpstreamTellsOf_IsPassedOnWithoutItsText()
    {
        await using var upstream = new FakeUpstream { Script = query => [new FakeAction.Send(query.Fail(ResponseCode.ServerFailure))] };
        await using var server = await ForwardAsync(upstream);

        Assert.That(await AskAsync(server), Is.EqualTo("ServerFailure"));
    }

    [Test]
    public async Task Failure_ForEachOfManyWhoWait_IsTold()
    {
        await using var upstream = new FakeUpstream { Script = _ => [] };
        await using var server = await ForwardAsync(upstream);

        var told = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync(server)));

        Assert.That(told, Has.All.EqualTo("ServerFailure; EDE: 22 upstream timed out"));
    }

    [Test]
    public async Task Failure_ForAClientWithoutEdns_IsTheRcodeAlone()
    {
        await using var upstream = new FakeUpstream { Script = _ => [] };
        await using var server = await ForwardAsync(upstream);
        var query = QueryFactory.Packet(Name, RecordType.A);

        var reply = await server.AskUdpAsync(query);

        Assert.That(reply, Has.Length.EqualTo(query.Length), "header and question");
        Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)), Is.EqualTo(ResponseCode.ServerFailure));
    }

    [Test]
    public async Task Failure_WithTheSwitchOff_IsTheRcodeAlone([Values("on", "off")] string word)
    {
        await using var upstream = new FakeUpstream { Script = _ => [] };
        await using var server = await ForwardAsync(upstream, errors: $"errors {{\n extended_errors {word}\n}}");

        Assert.That(await AskAsync(server), Is.EqualTo(word == "on" ? "ServerFailure; EDE: 22 upstream timed out" : "ServerFailure"));
    }

    [TestCase("", "ServerFailure; EDE: 14 names are not read yet")]
    [TestCase("errors {\n extended_errors off\n}", "ServerFailure")]
    public async Task Name_BeforeTheClusterIsKnown_IsNotReady(string errors, string expected)
    {
        await using var server = await RunningServer.StartAsync($$"""
            .:0 {
                bind 127.0.0.1
                {{errors}}
                kubernetes cluster.local {
                    endpoint http://127.0.0.1:9
                    startup_timeout 1ms
                }
            }
            """);

        Assert.That(await AskAsync(server, "backend.example.svc.cluster.local"), Is.EqualTo(expected));
    }

    // As CoreDNS does, whatever the switch says.
    [TestCase("block", "Refused; EDE: 15 ")]
    [TestCase("filter", "NoError; EDE: 17 ")]
    public async Task Client_ThatAclTurnsAway_IsToldWithTheSwitchOffToo(string action, string expected)
    {
        await using var server = await RunningServer.StartAsync(
            $".:0 {{\n bind 127.0.0.1\n errors {{\n extended_errors off\n }}\n acl {{\n {action}\n }}\n whoami\n}}");

        Assert.That(await AskAsync(server), Is.EqualTo(expected));
    }

    [TestCase("on", "NoError; EDE: 3 ")]
    [TestCase("off", "NoError")]
    public async Task Answer_ThatIsStale_SaysSoUnlessTheSwitchIsOff(string word, string expected)
    {
        await using var upstream = new FakeUpstream($"{Name}. 1 A 192.0.2.1");
        await using var server = await ForwardAsync(
            upstream, errors: $"errors {{\n extended_errors {word}\n}}\ncache 1 {{\n serve_stale\n}}");
        await AskAsync(server);
        upstream.Script = _ => [];

        // Asked again behind a stale answer, and never before.
        for (var i = 0; upstream.Received.Count < 2 && i < 300; i++)
        {
            await Task.Delay(50);
            await AskAsync(server);
        }

        Assert.That(await AskAsync(server), Is.EqualTo(expected));
    }

    private static async Task<RunningServer> ForwardAsync(FakeUpstream upstream, string property = "", string errors = "errors") =>
        await RunningServer.StartAsync($$"""
            .:0 {
                bind 127.0.0.1
                {{errors}}
                forward . {{upstream.Endpoint}} {
                    max_connect_attempts 1
                    read_timeout 100ms
                    {{property}}
                }
            }
            """);

    /// <summary>The reply's rcode and extended errors, in dig's words.</summary>
    private static async Task<string> AskAsync(RunningServer server, string name = Name)
    {
        var reply = await server.AskUdpAsync(QueryFactory.Packet(name, RecordType.A, udpSize: 1232));
        Assert.That(ReplyReader.TryRead(reply, out var fields), Is.True);
        var text = new StringBuilder(fields.Code.ToString());
        var options = fields.Edns.Options(reply);
        while (options.TryRead(out var code, out var data))
        {
            Assert.That(code, Is.EqualTo(EdnsOption.ExtendedError));
            text.Append(CultureInfo.InvariantCulture, $"; EDE: {(data[0] << 8) | data[1]} {Encoding.UTF8.GetString(data[2..])}");
        }

        return text.ToString();
    }
}
