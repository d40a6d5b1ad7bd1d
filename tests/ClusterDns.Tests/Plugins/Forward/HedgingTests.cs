using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class HedgingTests
{
    private const string RoundRobin = "forward . 10.0.0.1 10.0.0.2 {\n policy round_robin\n}";
    private const string Sequential = "forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}";

    [Test]
    public async Task SlowUpstream_NeverHeardOf_HasCompanyAfterAQuarterSecond()
    {
        await using var fixture = new ForwardFixture(RoundRobin);
        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromSeconds(1);
        fixture[1].Delay = TimeSpan.Zero;
        var quick = await fixture.AskAsync("a.example.org");
        var slow = await fixture.AskAsync("b.example.org");
        (quick, slow) = quick.Elapsed < slow.Elapsed ? (quick, slow) : (slow, quick);
        Assert.That(
            (quick.Elapsed, slow.Elapsed, slow.Query.Upstream),
            Is.EqualTo((TimeSpan.Zero, TimeSpan.FromMilliseconds(250), "10.0.0.1:53")));
    }

    [Test]
    public async Task SlowUpstream_KnownToBeQuick_HasCompanySoon()
    {
        await using var fixture = new ForwardFixture(RoundRobin);
        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromMilliseconds(10);
        for (var i = 0; i < 40; i++)
        {
            await fixture.AskAsync($"n{i}.example.org");
        }

        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromMilliseconds(1500);
        var asked = fixture.BeginAsync(QueryFactory.Ask("late.example.org", RecordType.A));
        fixture.Advance(TimeSpan.FromMilliseconds(19));
        var before = fixture[1].Questions + fixture[2].Questions;
        fixture.Advance(TimeSpan.FromMilliseconds(1));
        var after = fixture[1].Questions + fixture[2].Questions;
        await fixture.RunAsync(asked);
        Assert.That((before, after), Is.EqualTo((41, 42)));
    }

    [Test]
    public async Task QuickReply_LeavesNoTimer()
    {
        await using var fixture = new ForwardFixture(RoundRobin);
        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromMilliseconds(5);
        await fixture.AskAsync("example.org");
        Assert.That((fixture[1].Questions + fixture[2].Questions, fixture.Clock.PendingTimers), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task SlowQuery_AsksOneMoreAtMost()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 10.0.0.3");
        fixture[1].Delay = fixture[2].Delay = fixture[3].Delay = TimeSpan.FromMilliseconds(1900);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, fixture[1].Questions + fixture[2].Questions + fixture[3].Questions), Is.EqualTo((ResponseCode.NoError, 2)));
    }

    [Test]
    public async Task Sequential_FirstIsSlow_HasNoCompanyForHalfItsReadTimeout()
    {
        await using var fixture = new ForwardFixture(Sequential);
        fixture[1].Delay = TimeSpan.FromMilliseconds(999);
        var patient = await fixture.AskAsync("a.example.org");
        fixture[1].Delay = TimeSpan.FromMilliseconds(1500);
        var late = await fixture.AskAsync("b.example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((patient.Query.Upstream, patient.Elapsed.TotalMilliseconds), Is.EqualTo(("10.0.0.1:53", 999)));
            Assert.That((late.Query.Upstream, late.Elapsed.TotalMilliseconds), Is.EqualTo(("10.0.0.2:53", 1000)));
        }
    }

    [TestCase(TransportProtocol.Udp, 2)]
    [TestCase(TransportProtocol.Tcp, 1)]
    public async Task SlowUpstream_TheOnlyOne_IsAskedAgainOverUdp(TransportProtocol protocol, int questions)
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Delay = TimeSpan.FromMilliseconds(700);
        await fixture.AskAsync(QueryFactory.Ask("example.org", RecordType.A, protocol: protocol));
        Assert.That(fixture[1].Questions, Is.EqualTo(questions));
    }

    [Test]
    public async Task Company_ThatFails_LeavesTheFirstItsTime()
    {
        await using var fixture = new ForwardFixture(Sequential);
        fixture[1].Delay = TimeSpan.FromMilliseconds(1500);
        fixture[2].Failure = ClusterDns.Transport.Upstream.UpstreamOutcome.Unreachable;
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Query.Upstream, answer.Elapsed.TotalMilliseconds), Is.EqualTo(("10.0.0.1:53", 1500)));
    }

    [Test]
    public async Task Company_WithAFailoverCode_LeavesTheFirstItsTime()
    {
        await using var fixture = new ForwardFixture(Sequential.Replace("sequential", "sequential\n failover REFUSED"));
        fixture[1].Delay = TimeSpan.FromMilliseconds(1500);
        fixture[2].Reply = query => query.Fail(ResponseCode.Refused);
        var answer = await fixture.AskAsync("example.org");
        Assert.That((answer.Code, answer.Query.Upstream), Is.EqualTo((ResponseCode.NoError, "10.0.0.1:53")));
    }

    [Test]
    public async Task Loser_WithoutAnyReply_IsProbedAllTheSame()
    {
        await using var fixture = new ForwardFixture(Sequential);
        fixture[1].Reply = _ => null;
        await fixture.AskAsync("example.org");
        fixture.Advance(TimeSpan.FromSeconds(1));
        Assert.That((fixture[1].Probes, fixture.Upstreams[0].IsDoubtful), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Hedges_OfAllQueries_AreATenthInTheLongRun()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy round_robin\n max_fails 0\n}");
        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromMilliseconds(1);
        await fixture.AskAsync("a.example.org");
        await fixture.AskAsync("b.example.org");
        fixture[1].Delay = fixture[2].Delay = TimeSpan.FromMilliseconds(1800);
        var asked = Enumerable.Range(0, 1000)
            .Select(i => fixture.BeginAsync(QueryFactory.Ask($"n{i}.example.org", RecordType.A)))
            .ToList();
        await fixture.RunAsync(Task.WhenAll(asked));

        // All thousand pay in before the first takes out, but no more than 20 are saved.
        Assert.That(fixture[1].Questions + fixture[2].Questions, Is.EqualTo(1002 + 20));
    }

    [Test]
    public void Budget_AfterItIsSpent_GivesOneForTenQueries()
    {
        var budget = new HedgeBudget();
        var saved = Enumerable.Range(0, 100).Count(_ => budget.TryTake());
        var later = Enumerable.Range(0, 100).Count(_ =>
        {
            budget.PayIn();
            return budget.TryTake();
        });
        Assert.That((saved, later), Is.EqualTo((20, 10)));
    }

    [Test]
    public void Latency_OfSteadyReplies_IsLateBeyondTheirSpread()
    {
        var latency = new LatencyEstimate();
        for (var i = 0; i < 200; i++)
        {
            latency.Add(TimeSpan.FromMilliseconds(i % 2 == 0 ? 90 : 110));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(latency.Mean.TotalMilliseconds, Is.EqualTo(100).Within(5));
            Assert.That(latency.Late.TotalMilliseconds, Is.EqualTo(140).Within(10));
        }
    }
}
