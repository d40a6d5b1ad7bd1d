using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class ForwardPluginTests
{
    [Test]
    public async Task Query_Answered_HasTheUpstreamsRecordsAndFlags()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Reply = query =>
        {
            var reply = query.Answer("www.example.org. 300 CNAME example.org.", "example.org. 60 A 192.0.2.7");
            reply[2] |= MessageHeader.AuthoritativeFlag >> 8;
            reply[3] |= (byte)MessageHeader.AuthenticDataFlag;
            return reply;
        };
        var answer = await fixture.AskAsync("WWW.example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Result.Outcome, Is.EqualTo(ServeOutcome.Answered));
            Assert.That((answer.Reply.AnswerCount, answer.Addresses), Is.EqualTo((2, "192.0.2.7")));
            Assert.That((answer.Reply.IsAuthoritative, answer.Reply.IsAuthenticData, answer.Reply.IsRecursionAvailable), Is.EqualTo((true, true, true)));
            Assert.That((answer.Query.AnsweredBy, answer.Query.Upstream, answer.Error), Is.EqualTo(("forward", "10.0.0.1:53", (string?)null)));
            Assert.That(fixture.Forward.MetadataOf(answer.Query, "forward/upstream"), Is.EqualTo("10.0.0.1:53"));
            Assert.That(fixture.Forward.MetadataOf(answer.Query, "kubernetes/service"), Is.Null);
        }
    }

    [TestCase(ResponseCode.NameError)]
    [TestCase(ResponseCode.ServerFailure)]
    [TestCase(ResponseCode.Refused)]
    [TestCase(ResponseCode.FormatError)]
    [TestCase(ResponseCode.NotImplemented)]
    public async Task Query_AnsweredWithAnyCode_IsPassedOn(ResponseCode code)
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2");
        fixture[1].Reply = fixture[2].Reply = query => query.Fail(code);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Result.Outcome, answer.Code, answer.Error), Is.EqualTo((ServeOutcome.Answered, code, (string?)null)));
    }

    [TestCase("forward example.org 10.0.0.1", "www.example.org", true)]
    [TestCase("forward example.org 10.0.0.1", "example.org", true)]
    [TestCase("forward example.org 10.0.0.1", "example.net", false)]
    [TestCase("forward example.org 10.0.0.1", "badexample.org", false)]
    [TestCase("forward . 10.0.0.1 {\n except example.org\n}", "www.EXAMPLE.org", false)]
    [TestCase("forward . 10.0.0.1 {\n except example.org\n}", "example.net", true)]
    [TestCase("forward . 10.0.0.1 {\n except 10.0.0.0/8\n}", "1.0.0.10.in-addr.arpa", false)]
    public async Task Query_ByItsName_IsForwardedOrLeftToTheNext(string line, string name, bool isForwarded)
    {
        await using var fixture = new ForwardFixture(line);
        var answer = await fixture.AskAsync(name);
        Assert.That((fixture[1].Questions == 1, answer.Query.AnsweredBy == "forward"), Is.EqualTo((isForwarded, isForwarded)));
    }

    [Test]
    public async Task Query_NotForwarded_AllocatesNothing()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n except cluster.local example.org\n}");
        var query = QueryFactory.Ask("www.example.org", RecordType.A);
        var forward = fixture.Forward;
        Assert.That(Allocation.Of(() => forward.ServeAsync(query)), Is.Zero);
    }

    [TestCase("", TransportProtocol.Udp, TransportProtocol.Udp)]
    [TestCase("", TransportProtocol.Tcp, TransportProtocol.Tcp)]
    [TestCase("force_tcp", TransportProtocol.Udp, TransportProtocol.Tcp)]
    [TestCase("prefer_udp", TransportProtocol.Tcp, TransportProtocol.Udp)]
    [TestCase("prefer_udp\n force_tcp", TransportProtocol.Udp, TransportProtocol.Tcp)]
    public async Task Query_OverAProtocol_IsForwardedOver(string property, TransportProtocol client, TransportProtocol upstream)
    {
        await using var fixture = new ForwardFixture($"forward . 10.0.0.1 {{\n {property}\n}}");
        await fixture.AskAsync(QueryFactory.Ask("example.org", RecordType.A, protocol: client));
        Assert.That(fixture[1].Protocols, Is.EqualTo(new[] { upstream }));
    }

    [Test]
    public async Task TruncatedReply_WithoutPreferUdp_IsPassedOn()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Reply = query => query.Truncated();
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Reply.IsTruncated, fixture[1].Questions), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task TruncatedReply_WithPreferUdp_IsAskedForOverTcp()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n prefer_udp\n}");
        fixture[1].Reply = query => query.Protocol == FakeProtocol.Udp ? query.Truncated() : query.Answer("example.org. 5 A 192.0.2.9");
        var answer = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Reply.IsTruncated, answer.Addresses), Is.EqualTo((false, "192.0.2.9")));
            Assert.That(fixture[1].Protocols, Is.EqualTo(new[] { TransportProtocol.Udp, TransportProtocol.Tcp }));
        }
    }

    [Test]
    public async Task TruncatedReply_WithPreferUdpButNoTcp_IsPassedOn()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n prefer_udp\n}");
        fixture[1].Reply = query => query.Protocol == FakeProtocol.Udp ? query.Truncated() : null;
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, answer.Reply.IsTruncated), Is.EqualTo((ResponseCode.NoError, true)));
    }

    [Test]
    public async Task Failure_OfTheFirst_LeadsToTheSecond()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Failure = UpstreamOutcome.Unreachable;
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, answer.Query.Upstream, answer.Elapsed), Is.EqualTo((ResponseCode.NoError, "10.0.0.2:53", TimeSpan.Zero)));
    }

    [Test]
    public async Task Failure_OfAll_IsServfailWithTheLastError()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Failure = UpstreamOutcome.Unreachable;
        fixture[2].Failure = UpstreamOutcome.ConnectionLost;
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, answer.Error), Is.EqualTo((ResponseCode.ServerFailure, "10.0.0.2:53: ConnectionLost")));
    }

    [TestCase("", 4)]
    [TestCase("max_connect_attempts 1", 1)]
    [TestCase("max_connect_attempts 3", 3)]
    [TestCase("max_connect_attempts 0", 64)]
    public async Task Failure_OfAll_IsTriedSoManyTimes(string property, int attempts)
    {
        await using var fixture = new ForwardFixture($"forward . 10.0.0.1 10.0.0.2 {{\n max_fails 0\n {property}\n}}");
        fixture[1].Failure = fixture[2].Failure = UpstreamOutcome.Unreachable;
        await fixture.AskAsync("example.org");
        Assert.That(fixture[1].Questions + fixture[2].Questions, Is.EqualTo(attempts));
    }

    [Test]
    public async Task Silence_OfAll_EndsWithinTheBudget()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 10.0.0.3 {\n max_connect_attempts 0\n}");
        fixture[1].Reply = fixture[2].Reply = fixture[3].Reply = _ => null;
        var answer = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Code, Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That(answer.Error, Does.EndWith(":53: i/o timeout"));
            Assert.That(answer.Elapsed, Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(4500)));
        }
    }

    [TestCase("", 2000)]
    [TestCase("read_timeout 300ms", 300)]
    public async Task Silence_OfTheFirst_IsWaitedForSoLong(string property, int milliseconds)
    {
        await using var fixture = new ForwardFixture(
            $"forward . 10.0.0.1 10.0.0.2 {{\n policy sequential\n max_connect_attempts 1\n {property}\n}}");
        fixture[1].Reply = _ => null;
        var answer = await fixture.AskAsync("example.org");
        Assert.That(
            (answer.Error, answer.Elapsed),
            Is.EqualTo((fixture[1].TimeoutText, TimeSpan.FromMilliseconds(milliseconds))));
    }

    [Test]
    public async Task MalformedReply_OfTheFirst_LeadsToTheSecond(
        [Values("cut", "other name", "other type", "bad record", "empty", "no question")] string damage)
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Reply = query =>
        {
            var reply = query.Answer("example.org. 60 A 192.0.2.66");
            return damage switch
            {
                "cut" => reply.CutBy(3),
                "other name" => reply.OtherName(),
                "other type" => reply.OtherType(),
                "bad record" => query.Answer(@"example.org. 60 A \# 3 0A0000"),
                "no question" => reply.WithoutQuestion(),
                _ => [],
            };
        };
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Addresses, answer.Query.Upstream), Is.EqualTo(("192.0.2.1", "10.0.0.2:53")));
    }

    [Test]
    public async Task MalformedReply_OfAll_IsServfailThatSaysSo()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Reply = query => query.Answer("example.org. 60 A 192.0.2.66").CutBy(1);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, answer.Error), Is.EqualTo((ResponseCode.ServerFailure, "10.0.0.1:53 sent a malformed reply")));
    }

    [Test]
    public async Task FormatError_WithoutQuestion_IsPassedOn()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Reply = query => query.Fail(ResponseCode.FormatError).WithoutQuestion();
        Assert.That((await fixture.AskAsync("example.org")).Code, Is.EqualTo(ResponseCode.FormatError));
    }

    [Test]
    public async Task Failover_CodeOfTheFirst_LeadsToTheSecond()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n failover SERVFAIL REFUSED\n}");
        fixture[1].Reply = query => query.Fail(ResponseCode.Refused);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Addresses, answer.Query.Upstream), Is.EqualTo(("192.0.2.1", "10.0.0.2:53")));
    }

    [Test]
    public async Task Failover_CodeOfAll_IsPassedOnAfterEachWasAskedOnce()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n failover SERVFAIL REFUSED\n}");
        fixture[1].Reply = query => query.Fail(ResponseCode.Refused);
        fixture[2].Reply = query => query.Fail(ResponseCode.ServerFailure);
        var answer = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Result.Outcome, answer.Code), Is.EqualTo((ServeOutcome.Answered, ResponseCode.ServerFailure)));
            Assert.That((fixture[1].Questions, fixture[2].Questions), Is.EqualTo((1, 1)));
        }
    }

    [Test]
    public async Task Upstream_ThatCouldNotReadTheQuestion_LeadsToTheNextOne()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Reply = query => query.Fail(ResponseCode.FormatError).WithoutQuestion();
        var answer = await fixture.AskAsync("example.org");

        Assert.That((answer.Query.Upstream, answer.Addresses, answer.Elapsed), Is.EqualTo(("10.0.0.2:53", "192.0.2.1", TimeSpan.Zero)));
    }

    [Test]
    public async Task Upstream_TheOnlyOneAndItCouldNotReadTheQuestion_IsHeardAtOnce()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Reply = query => query.Fail(ResponseCode.FormatError).WithoutQuestion();
        var answer = await fixture.AskAsync("example.org");

        Assert.That((answer.Code, answer.Elapsed), Is.EqualTo((ResponseCode.FormatError, TimeSpan.Zero)));
        Assert.That(WireName.ToText(answer.Reply.QuestionName), Is.EqualTo("example.org."));
    }

    [Test]
    public async Task Failover_CodeOfTheOnlyOneAlive_IsBetterThanNone()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n failover REFUSED\n max_connect_attempts 2\n}");
        fixture[1].Reply = query => query.Fail(ResponseCode.Refused);
        fixture[2].Failure = UpstreamOutcome.Unreachable;
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Result.Outcome, answer.Code, answer.Query.Upstream), Is.EqualTo((ServeOutcome.Answered, ResponseCode.Refused, "10.0.0.1:53")));
    }

    [TestCase("next NXDOMAIN", ResponseCode.NameError, "10.0.0.2:53")]
    [TestCase("next NXDOMAIN", ResponseCode.ServerFailure, "10.0.0.1:53")]
    [TestCase("next SERVFAIL NXDOMAIN", ResponseCode.ServerFailure, "10.0.0.2:53")]
    [TestCase("next_on_nodata", ResponseCode.NoError, "10.0.0.2:53")]
    [TestCase("next_on_nodata", ResponseCode.NameError, "10.0.0.1:53")]
    [TestCase("", ResponseCode.NoError, "10.0.0.1:53")]
    public async Task Next_ByTheCode_IsTheNextForward(string property, ResponseCode code, string upstream)
    {
        await using var fixture = new ForwardFixture($"forward . 10.0.0.1 {{\n {property}\n}}\nforward . 10.0.0.2");
        fixture[1].Reply = query => query.Fail(code);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Query.Upstream, answer.Code), Is.EqualTo((upstream, upstream == "10.0.0.1:53" ? code : ResponseCode.NoError)));
    }

    [Test]
    public async Task Next_WithoutAnotherForward_IsNobody()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n next NXDOMAIN\n}");
        fixture[1].Reply = query => query.Fail(ResponseCode.NameError);
        Assert.That((await fixture.AskAsync("example.org")).Code, Is.EqualTo(ResponseCode.NameError));
    }

    [Test]
    public async Task Forwards_OfOneBlock_AreAskedInTheirOrder()
    {
        await using var fixture = new ForwardFixture("forward example.org 10.0.0.1\nforward . 10.0.0.2");
        var (inside, outside) = (await fixture.AskAsync("a.example.org"), await fixture.AskAsync("example.net"));
        Assert.That((inside.Query.Upstream, outside.Query.Upstream), Is.EqualTo(("10.0.0.1:53", "10.0.0.2:53")));
    }

    [Test]
    public async Task MaxConcurrent_Exceeded_IsRefusedAndCounted()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n max_concurrent 2\n}");
        fixture[1].Delay = TimeSpan.FromMilliseconds(100);
        var first = fixture.BeginAsync(QueryFactory.Ask("a.example.org", RecordType.A));
        var second = fixture.BeginAsync(QueryFactory.Ask("a.example.org", RecordType.A));
        var third = await fixture.BeginAsync(QueryFactory.Ask("c.example.org", RecordType.A));
        await fixture.BeginAsync(QueryFactory.Ask("c.example.org", RecordType.A));
        await fixture.RunAsync(Task.WhenAll(first, second));
        var later = await fixture.AskAsync("d.example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((third.Code, third.Error), Is.EqualTo((ResponseCode.Refused, "concurrent queries exceeded maximum 2")));
            Assert.That(later.Code, Is.EqualTo(ResponseCode.NoError));
            Assert.That(await fixture.ScrapeAsync(), Does.Contain("coredns_forward_max_concurrent_rejects_total 2"));
        }
    }

    [Test]
    public async Task OutOfService_AllOfThem_FailAtOnceWithTheReason()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2");
        fixture.Upstreams[0].TakeOutOfService("first leads back here");
        fixture.Upstreams[1].TakeOutOfService("second leads back here");
        var answer = await fixture.AskAsync("example.org");
        fixture.Upstreams[1].PutBackInService();
        var later = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Code, answer.Error, answer.Elapsed), Is.EqualTo((ResponseCode.ServerFailure, "first leads back here", TimeSpan.Zero)));
            Assert.That((later.Query.Upstream, fixture[1].Questions), Is.EqualTo(("10.0.0.2:53", 0)));
        }
    }

    [Test]
    public async Task Metrics_OfRepliesAndConnections_HaveCoreDnsNames()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        await fixture.AskAsync("a.example.org");
        fixture[1].IsReused = false;
        fixture[1].Delay = TimeSpan.FromMilliseconds(3);
        fixture[1].Reply = query => query.Fail(ResponseCode.NameError);
        await fixture.AskAsync(QueryFactory.Ask("b.example.org", RecordType.A, protocol: TransportProtocol.Tcp));
        var page = await fixture.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page, Does.Contain("coredns_proxy_request_duration_seconds_count{proxy_name=\"forward\",to=\"10.0.0.1:53\",rcode=\"NOERROR\"} 1"));
            Assert.That(page, Does.Contain("coredns_proxy_request_duration_seconds_bucket{proxy_name=\"forward\",to=\"10.0.0.1:53\",rcode=\"NXDOMAIN\",le=\"0.002\"} 0"));
            Assert.That(page, Does.Contain("coredns_proxy_request_duration_seconds_bucket{proxy_name=\"forward\",to=\"10.0.0.1:53\",rcode=\"NXDOMAIN\",le=\"0.004\"} 1"));
            Assert.That(page, Does.Contain("coredns_proxy_conn_cache_hits_total{proxy_name=\"forward\",to=\"10.0.0.1:53\",proto=\"udp\"} 1"));
            Assert.That(page, Does.Contain("coredns_proxy_conn_cache_misses_total{proxy_name=\"forward\",to=\"10.0.0.1:53\",proto=\"tcp\"} 1"));
            Assert.That(page, Does.Contain("coredns_forward_healthcheck_broken_total 0"));
            Assert.That(page, Does.Contain("coredns_proxy_healthcheck_failures_total{proxy_name=\"forward\",to=\"10.0.0.1:53\"} 0"));
        }
    }

    [Test]
    public async Task Metrics_OverTls_NameItsProtocol()
    {
        await using var fixture = new ForwardFixture("forward . tls://10.0.0.1");
        await fixture.AskAsync("a.example.org");
        Assert.That(
            await fixture.ScrapeAsync(),
            Does.Contain("coredns_proxy_conn_cache_hits_total{proxy_name=\"forward\",to=\"10.0.0.1:853\",proto=\"tcp-tls\"} 1"));
    }

    [Test]
    public async Task Stop_QueryUnderWay_IsAnsweredFirst()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Delay = TimeSpan.FromMilliseconds(300);
        var asked = fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A));
        var stopping = fixture.StopAsync();
        var before = (stopping.IsCompleted, fixture[1].IsDisposed);
        var answer = await fixture.RunAsync(asked);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo((false, false)));
            Assert.That((answer.Addresses, fixture[1].IsDisposed), Is.EqualTo(("192.0.2.1", true)));
            Assert.That(fixture.Clock.PendingTimers, Is.Zero);
        }
    }
}
