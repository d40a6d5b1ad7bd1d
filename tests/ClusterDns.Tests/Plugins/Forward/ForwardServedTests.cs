using System.Net;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>Whole servers in front of real upstreams, over sockets of the loopback.</summary>
[TestFixture]
internal sealed class ForwardServedTests
{
    private const string Record = "www.example.org. 60 A 192.0.2.1";

    [Test]
    public async Task Query_OverEitherProtocol_IsAnsweredByTheUpstreamOverTheSame()
    {
        await using var upstream = new FakeUpstream(Record);
        await using var server = await StartAsync($"forward . {upstream.Endpoint}");
        var overUdp = await server.AskUdpAsync(Packet("WWW.example.org"));
        var overTcp = await server.AskTcpAsync(Packet("www.example.org"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((AnswerOf(overUdp), AnswerOf(overTcp)), Is.EqualTo(("192.0.2.1", "192.0.2.1")));
            Assert.That(WireName.ToText(overUdp.AsSpan(MessageHeader.Size, 17)), Is.EqualTo("WWW.example.org."));
            Assert.That(MessageHeader.Id(overUdp), Is.EqualTo(QueryFactory.Id));
            Assert.That(upstream.Received.Select(query => query.Protocol), Is.EqualTo(new[] { FakeProtocol.Udp, FakeProtocol.Tcp }));
        }
    }

    [Test]
    public async Task Query_OutsideFrom_GetsNoUpstream()
    {
        await using var upstream = new FakeUpstream(Record);
        await using var server = await StartAsync($"forward example.org {upstream.Endpoint}");
        var reply = await server.AskUdpAsync(Packet("example.net"));
        Assert.That((CodeOf(reply), upstream.Received.Count), Is.EqualTo((ResponseCode.ServerFailure, 0)));
    }

    [Test]
    public async Task Reply_ForgedBeforeTheTrueOne_IsNotBelieved()
    {
        await using var upstream = new FakeUpstream(Record);
        upstream.Script = query =>
        [
            new FakeAction.Send(query.Answer("www.example.org. 60 A 192.0.2.66").OtherId()),
            new FakeAction.Send(query.Answer("www.example.org. 60 A 192.0.2.67").OtherName()),
            new FakeAction.Send(query.FromTable()),
        ];
        await using var server = await StartAsync($"forward . {upstream.Endpoint}");
        Assert.That(AnswerOf(await server.AskUdpAsync(Packet("www.example.org"))), Is.EqualTo("192.0.2.1"));
    }

    [Test]
    public async Task Reply_MalformedInside_LeadsToTheNextUpstream()
    {
        await using var bad = new FakeUpstream();
        await using var good = new FakeUpstream(Record);
        bad.Script = query => [new FakeAction.Send(query.Answer(@"www.example.org. 60 A \# 3 0A0000"))];
        await using var server = await StartAsync($"forward . {bad.Endpoint} {good.Endpoint} {{\n policy sequential\n}}");
        var reply = await server.AskUdpAsync(Packet("www.example.org"));
        Assert.That((AnswerOf(reply), bad.Received.Count > 0), Is.EqualTo(("192.0.2.1", true)));
    }

    [Test]
    public async Task Upstream_ThatIsGone_CostsNoQuery()
    {
        await using var gone = new FakeUpstream(Record);
        await using var alive = new FakeUpstream(Record);
        await using var server = await StartAsync($"forward . {gone.Endpoint} {alive.Endpoint} {{\n policy round_robin\n}}");
        await gone.StopAsync();
        for (var i = 0; i < 20; i++)
        {
            var reply = await server.AskUdpAsync(Packet("www.example.org"));
            Assert.That(AnswerOf(reply), Is.EqualTo("192.0.2.1"));
        }
    }

    [Test]
    public async Task Upstream_ThatIsGoneAlone_IsServfailWithItsErrorAndFoundAgain()
    {
        await using var upstream = new FakeUpstream(Record);
        await using var server = await StartAsync($"errors\nforward . {upstream.Endpoint} {{\n health_check 100ms\n}}");
        await upstream.StopAsync();
        var during = await server.AskUdpAsync(Packet("www.example.org"));
        upstream.Start();
        var after = await server.AskUdpAsync(Packet("www.example.org"));
        Assert.That((CodeOf(during), AnswerOf(after)), Is.EqualTo((ResponseCode.ServerFailure, "192.0.2.1")));
        await Transport.Eventually.IsTrue(
            () => server.Log.Any(line => line.StartsWith("[ERROR] plugin/errors: 2 www.example.org. A: ", StringComparison.Ordinal)
                && line.Contains($"{upstream.Endpoint}", StringComparison.Ordinal)
                && line.EndsWith("refused", StringComparison.Ordinal)),
            "a line about it");
    }

    [Test]
    public async Task Reply_TooLongForUdp_IsTruncatedOrFetchedOverTcp()
    {
        string[] records = [.. Enumerable.Range(0, 60).Select(i => $"big.example.org. 60 A 192.0.2.{i}")];
        await using var upstream = new FakeUpstream(records);
        await using var plain = await StartAsync($"forward . {upstream.Endpoint}");
        await using var preferring = await StartAsync($"forward . {upstream.Endpoint} {{\n prefer_udp\n}}");
        var truncated = await plain.AskUdpAsync(Packet("big.example.org"));
        var whole = await preferring.AskTcpAsync(Packet("big.example.org"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.Flags(truncated) & MessageHeader.TruncatedFlag, Is.Not.Zero);
            Assert.That(MessageHeader.AnswerCount(whole), Is.EqualTo(60));
            Assert.That(upstream.Received.Select(query => query.Protocol), Is.EqualTo(new[] { FakeProtocol.Udp, FakeProtocol.Udp, FakeProtocol.Tcp }));
        }
    }

    [Test]
    public async Task Upstream_OverTls_IsAskedWhenItsCertificateIsRight()
    {
        using var certificates = new FakeCertificates("dns.example.net");
        await using var upstream = new FakeUpstream(Record) { Certificates = certificates, RequiresClientCertificate = true };
        var files = $"{certificates.ClientCertificatePath} {certificates.ClientKeyPath} {certificates.AuthorityPath}";
        await using var right = await StartAsync(
            $"forward . tls://{upstream.Endpoint} {{\n tls {files}\n tls_servername dns.example.net\n}}");
        await using var rightToo = await StartAsync(
            $"forward . tls://{upstream.Endpoint}%dns.example.net {{\n tls {files}\n tls_servername wrong.example.net\n}}");
        await using var wrong = await StartAsync(
            $"forward . tls://{upstream.Endpoint} {{\n tls {files}\n tls_servername wrong.example.net\n}}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(AnswerOf(await right.AskUdpAsync(Packet("www.example.org"))), Is.EqualTo("192.0.2.1"));
            Assert.That(AnswerOf(await rightToo.AskUdpAsync(Packet("www.example.org"))), Is.EqualTo("192.0.2.1"));
            Assert.That(CodeOf(await wrong.AskUdpAsync(Packet("www.example.org"))), Is.EqualTo(ResponseCode.ServerFailure));
        }
    }

    [Test]
    public async Task Reload_WhileAQueryWaits_AnswersIt()
    {
        await using var upstream = new FakeUpstream(Record);
        var mayAnswer = new TaskCompletionSource();
        upstream.Script = query => [new FakeAction.WaitFor(mayAnswer.Task), new FakeAction.Send(query.FromTable())];
        var corefile = $".:0 {{\n bind 127.0.0.1\n forward . {upstream.Endpoint}\n}}";
        await using var server = await RunningServer.StartAsync(corefile);
        var asked = server.AskUdpAsync(Packet("www.example.org"));
        await upstream.WaitForQueriesAsync(1);
        var reloading = server.ReloadAsync(corefile.Replace("forward", "forward ", StringComparison.Ordinal));
        mayAnswer.SetResult();
        Assert.That((AnswerOf(await asked), await reloading), Is.EqualTo(("192.0.2.1", (string?)null)));
    }

    [Test]
    public async Task Host_NamedByTheSystem_IsForwardedTo()
    {
        await using var upstream = new FakeUpstream(Record);
        await using var server = await StartAsync($"forward . localhost:{upstream.Endpoint.Port} {{\n max_fails 0\n}}");
        Assert.That(AnswerOf(await server.AskUdpAsync(Packet("www.example.org"))), Is.EqualTo("192.0.2.1"));
    }

    private static Task<RunningServer> StartAsync(string lines) =>
        RunningServer.StartAsync($".:0 {{\nbind 127.0.0.1\n{lines}\n}}");

    private static byte[] Packet(string name) => QueryFactory.Packet(name, RecordType.A);

    private static ResponseCode CodeOf(byte[] reply) => MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));

    private static string AnswerOf(byte[] reply)
    {
        Assert.That(ReplyReader.TryRead(reply, out var fields), Is.True);
        var records = new RecordReader(reply, fields.QuestionEnd);
        return records.TryRead(out var record) ? new IPAddress(record.Data(reply)).ToString() : $"{CodeOf(reply)}";
    }
}
