using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class UpstreamHealthTests
{
    private const string Failures = "coredns_proxy_healthcheck_failures_total{proxy_name=\"forward\",to=\"10.0.0.1:53\"}";

    [Test]
    public async Task NoError_EvenAfterALongTime_CausesNoProbe()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        await fixture.StartAsync();
        await fixture.AskAsync("example.org");
        fixture.Advance(TimeSpan.FromHours(1));
        Assert.That((fixture[1].Probes, fixture.Clock.PendingTimers), Is.EqualTo((0, 0)));
    }

    [TestCase(UpstreamOutcome.TimedOut)]
    [TestCase(UpstreamOutcome.Unreachable)]
    [TestCase(UpstreamOutcome.ConnectionLost)]
    [TestCase(UpstreamOutcome.InsecureConnection)]
    public async Task Error_OfAnyKind_IsProbedEachHalfSecondUntilItAnswers(UpstreamOutcome failure)
    {
        await using var fixture = Dead("", failure);
        fixture.Advance(TimeSpan.FromMilliseconds(2400));
        var duringOutage = fixture[1].Probes;
        fixture[1].Failure = null;
        fixture.Advance(TimeSpan.FromHours(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((duringOutage, fixture[1].Probes), Is.EqualTo((5, 6)));
            Assert.That(fixture[1].Received[^1].Name, Is.EqualTo("."));
            Assert.That(MessageHeader.Flags(fixture[1].Received[^1].Message), Is.EqualTo(MessageHeader.RecursionDesiredFlag));
            Assert.That(await fixture.ScrapeAsync(), Does.Contain($"{Failures} 5"));
            Assert.That((fixture.Upstreams[0].IsDown, fixture.Upstreams[0].IsDoubtful, fixture.Clock.PendingTimers), Is.EqualTo((false, false, 0)));
        }
    }

    [Test]
    public async Task Probe_WithoutAnswer_IsWaitedForOneSecond()
    {
        await using var fixture = Dead("", null);
        var probes = new List<int>();
        for (var second = 0; second < 6; second++)
        {
            probes.Add(fixture[1].Probes);
            fixture.Advance(TimeSpan.FromMilliseconds(750));
        }

        Assert.That(probes, Is.EqualTo(new[] { 1, 1, 2, 2, 3, 3 }));
    }

    [TestCase(UpstreamOutcome.Busy)]
    [TestCase(UpstreamOutcome.Cancelled)]
    public async Task Failure_OfOurOwn_CausesNoProbe(UpstreamOutcome outcome)
    {
        await using var fixture = Dead("", outcome);
        Assert.That(fixture[1].Probes, Is.Zero);
    }

    [TestCase("", 3)]
    [TestCase("max_fails 0", int.MaxValue)]
    [TestCase("max_fails 1", 2)]
    [TestCase("max_fails 5", 6)]
    public async Task FailedProbes_MoreThanMaxFails_TakeItDown(string property, int probesUntilDown)
    {
        await using var fixture = Dead(property, UpstreamOutcome.Unreachable);
        var probes = 1;
        while (!fixture.Upstreams[0].IsDown && probes < 50)
        {
            fixture.Advance(TimeSpan.FromMilliseconds(500));
            probes++;
        }

        Assert.That(probes, Is.EqualTo(Math.Min(probesUntilDown, 50)));
    }

    [TestCase(TransportProtocol.Udp)]
    [TestCase(TransportProtocol.Tcp)]
    public async Task Upstream_BackWhileTheOthersAreSilent_AnswersQueriesThatCameBefore(TransportProtocol protocol)
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n }");
        fixture[1].Failure = UpstreamOutcome.Unreachable;
        await fixture.AskAsync("example.org");
        fixture.Advance(TimeSpan.FromSeconds(2));
        Assert.That(fixture.Upstreams[0].IsDown);

        fixture[2].Reply = _ => null;
        var asked = fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A, protocol: protocol));
        fixture[1].Failure = null;
        var answer = await fixture.RunAsync(asked);

        Assert.That((answer.Code, answer.Addresses), Is.EqualTo((ResponseCode.NoError, "192.0.2.1")));
    }

    [Test]
    public async Task MaxFailsZero_NeverProbes()
    {
        await using var fixture = Dead("max_fails 0", UpstreamOutcome.Unreachable);
        fixture.Advance(TimeSpan.FromMinutes(1));
        Assert.That(fixture[1].Probes, Is.Zero);
    }

    [TestCase("health_check 2s no_rec domain Example.net", "example.net.", 0, 2000)]
    [TestCase("health_check 100ms", ".", MessageHeader.RecursionDesiredFlag, 100)]
    public async Task Probe_AsTheCorefileSays(string property, string name, int flags, int milliseconds)
    {
        await using var fixture = Dead(property, UpstreamOutcome.Unreachable);
        fixture.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        var early = fixture[1].Probes;
        fixture.Advance(TimeSpan.FromMilliseconds(1));
        var probe = fixture[1].Received[^1];
        Assert.That(
            (early, fixture[1].Probes, probe.Name, (int)MessageHeader.Flags(probe.Message), probe.Protocol),
            Is.EqualTo((1, 2, name, flags, FakeProtocol.Udp)));
    }

    [Test]
    public async Task Probe_WithForceTcp_GoesOverTcp()
    {
        await using var fixture = Dead("force_tcp", UpstreamOutcome.Unreachable);
        Assert.That(fixture[1].Protocols, Has.All.EqualTo(TransportProtocol.Tcp));
    }

    [TestCase(ResponseCode.Refused)]
    [TestCase(ResponseCode.ServerFailure)]
    public async Task Probe_AnsweredWithAnyCode_IsGood(ResponseCode code)
    {
        await using var fixture = Dead("", UpstreamOutcome.Unreachable);
        fixture[1].Failure = null;
        fixture[1].Reply = query => query.Fail(code);
        fixture.Advance(TimeSpan.FromSeconds(1));
        Assert.That((fixture[1].Probes, fixture.Upstreams[0].IsDoubtful), Is.EqualTo((2, false)));
    }

    [Test]
    public async Task Probe_ThatThrows_IsOneThatFailedAndTheNextOneFollows()
    {
        await using var fixture = Dead("", UpstreamOutcome.Unreachable);
        fixture[1].Failure = null;
        fixture[1].Reply = _ => throw new InvalidOperationException("a bug");
        fixture.Advance(TimeSpan.FromSeconds(5));
        var during = (fixture.Upstreams[0].IsDown, fixture[1].Probes);
        fixture[1].Reply = query => query.Fail(ResponseCode.Refused);
        fixture.Advance(TimeSpan.FromSeconds(1));

        Assert.That(during, Is.EqualTo((true, 11)));
        Assert.That((fixture.Upstreams[0].IsDown, fixture.Upstreams[0].IsDoubtful), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Down_OneOfTwo_CostsNoQueryAnything([Values("random", "round_robin", "sequential")] string policy)
    {
        await using var fixture = new ForwardFixture($"forward . 10.0.0.1 10.0.0.2 {{\n policy {policy}\n}}");
        await TakeDownAsync(fixture, 1);
        var before = fixture[1].Questions;
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 100; i++)
        {
            var answer = await fixture.AskAsync($"n{i}.example.org");
            slowest = answer.Elapsed > slowest ? answer.Elapsed : slowest;
        }

        Assert.That((fixture[1].Questions - before, slowest), Is.EqualTo((0, TimeSpan.Zero)));
    }

    [Test]
    public async Task Doubtful_OneOfTwo_IsAskedLast()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Reply = _ => null;
        await fixture.AskAsync("first.example.org");
        fixture.Advance(TimeSpan.FromSeconds(1));
        var answer = await fixture.AskAsync("second.example.org");
        Assert.That((fixture.Upstreams[0].IsDoubtful, answer.Elapsed, answer.Query.Upstream), Is.EqualTo((true, TimeSpan.Zero, "10.0.0.2:53")));
    }

    [Test]
    public async Task Down_AllOfThem_AreAskedAllTheSameAndCounted()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2");
        await TakeDownAsync(fixture, 1, 2);
        fixture[1].Reply = fixture[2].Reply = query => query.Type == RecordType.NS ? null : query.Answer("example.org. 5 A 192.0.2.5");
        var answer = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Addresses, Is.EqualTo("192.0.2.5"));
            Assert.That(await fixture.ScrapeAsync(), Does.Contain("coredns_forward_healthcheck_broken_total 1"));
        }
    }

    [Test]
    public async Task Down_AllOfThemWithFailFast_FailsAtOnce()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n failfast_all_unhealthy_upstreams\n}");
        await TakeDownAsync(fixture, 1, 2);
        var before = fixture[1].Questions + fixture[2].Questions;
        var answer = await fixture.AskAsync("example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Code, answer.Error, answer.Elapsed), Is.EqualTo((ResponseCode.ServerFailure, "no healthy proxies", TimeSpan.Zero)));
            Assert.That(fixture[1].Questions + fixture[2].Questions, Is.EqualTo(before));
            Assert.That(await fixture.ScrapeAsync(), Does.Contain("coredns_forward_healthcheck_broken_total 1"));
        }
    }

    [Test]
    public async Task Stop_WhileProbing_LeavesNoTimer()
    {
        await using var fixture = Dead("", UpstreamOutcome.Unreachable);
        var before = fixture.Clock.PendingTimers;
        await fixture.StopAsync();
        var probes = fixture[1].Probes;
        fixture.Advance(TimeSpan.FromMinutes(1));
        Assert.That((before, fixture.Clock.PendingTimers, fixture[1].Probes, fixture[1].IsDisposed), Is.EqualTo((1, 0, probes, true)));
    }

    /// <summary>One upstream that failed once, by silence unless told how.</summary>
    private static ForwardFixture Dead(string property, UpstreamOutcome? failure)
    {
        var fixture = new ForwardFixture($"forward . 10.0.0.1 {{\n max_connect_attempts 1\n {property}\n}}");
        fixture[1].Failure = failure;
        fixture[1].Reply = failure is null ? _ => null : fixture[1].Reply;
        fixture.AskAsync("example.org").GetAwaiter().GetResult();
        return fixture;
    }

    private static async Task TakeDownAsync(ForwardFixture fixture, params int[] hosts)
    {
        foreach (var host in hosts)
        {
            fixture[host].Reply = _ => null;
        }

        for (var i = 0; !hosts.All(host => fixture.Upstreams[host - 1].IsDown); i++)
        {
            Assert.That(i, Is.LessThan(100), "it never went down");
            await fixture.AskAsync($"down{i}.example.org");
            fixture.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
