using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class PolicyTests
{
    [Test]
    public void RoundRobin_OfAnyNumber_VisitsEachInTurn() => Gen.Int[1, 15].Sample(
        count =>
        {
            var first = FirstAsked("round_robin", count, 3 * count);
            Assert.That(first.GroupBy(host => host).Select(group => group.Count()), Has.All.EqualTo(3));
            Assert.That(first.Take(count), Is.EqualTo(first.Skip(count).Take(count)));
        },
        iter: 20,
        threads: 1);

    [Test]
    public void Sequential_OfAnyNumber_StaysWithTheFirst() => Gen.Int[1, 15].Sample(
        count => Assert.That(FirstAsked("sequential", count, 20), Has.All.EqualTo(1)), iter: 20, threads: 1);

    [Test]
    public void Random_OfAnyNumber_VisitsAllAboutEquallyOften() => Gen.Int[2, 8].Sample(
        count =>
        {
            var first = FirstAsked("random", count, 200 * count);
            Assert.That(
                Enumerable.Range(1, count).Select(host => first.Count(other => other == host)),
                Has.All.InRange(100, 300));
        },
        iter: 5,
        threads: 1);

    [TestCase("random")]
    [TestCase("round_robin")]
    [TestCase("sequential")]
    public async Task AnyPolicy_WhenAllRefuse_AsksEachTheSameNumberOfTimes(string policy)
    {
        await using var fixture = Create(policy, 5);
        for (var host = 1; host <= 5; host++)
        {
            fixture[host].Failure = ClusterDns.Transport.Upstream.UpstreamOutcome.Unreachable;
        }

        await fixture.AskAsync("example.org");
        Assert.That(Enumerable.Range(1, 5).Select(host => fixture[host].Questions), Has.All.EqualTo(2));
    }

    private static List<int> FirstAsked(string policy, int count, int queries)
    {
        var fixture = Create(policy, count);
        var hosts = new List<int>();
        for (var i = 0; i < queries; i++)
        {
            var answer = fixture.AskAsync($"n{i}.example.org", RecordType.A).GetAwaiter().GetResult();
            hosts.Add(int.Parse(answer.Query.Upstream!["10.0.0.".Length..^":53".Length], null));
        }

        return hosts;
    }

    private static ForwardFixture Create(string policy, int count)
    {
        var addresses = string.Join(' ', Enumerable.Range(1, count).Select(host => $"10.0.0.{host}"));
        return new ForwardFixture($"forward . {addresses} {{\n policy {policy}\n max_fails 0\n}}");
    }
}
