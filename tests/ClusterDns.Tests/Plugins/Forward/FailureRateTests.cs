using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class FailureRateTests
{
    [TestCase("....", false)]
    [TestCase("xxx", false)]
    [TestCase("xxxx", true)]
    [TestCase("....................xxxx", true)]
    [TestCase("x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.", true)]
    [TestCase("x...x...x...x...x...x...x...x...", false)]
    [TestCase("xxxx..........", false)]
    public void Rate_AfterQuestions_IsHighOrNot(string failures, bool isHigh)
    {
        var rate = new FailureRate(new ManualClock());
        foreach (var question in failures)
        {
            rate.Add(question == 'x');
        }

        Assert.That(rate.IsHigh, Is.EqualTo(isHigh));
    }

    [Test]
    public void Rate_WhileNobodyAsks_Falls()
    {
        var clock = new ManualClock();
        var rate = new FailureRate(clock);
        for (var i = 0; i < 100; i++)
        {
            rate.Add(isFailure: true);
        }

        clock.Advance(TimeSpan.FromSeconds(13));
        var early = rate.IsHigh;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((early, rate.IsHigh), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Upstream_ThatSendsNonsense_IsSoonAskedLastAndLaterTriedAgain()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}");
        fixture[1].Reply = _ => [];
        for (var i = 0; i < 10; i++)
        {
            await fixture.AskAsync($"n{i}.example.org");
        }

        var soon = fixture[1].Questions;
        fixture.Advance(TimeSpan.FromSeconds(30));
        await fixture.AskAsync("later.example.org");
        Assert.That((soon, fixture[1].Questions), Is.EqualTo((4, 5)));
    }
}
