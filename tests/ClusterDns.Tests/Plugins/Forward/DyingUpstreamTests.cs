using ClusterDns.Testing;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>Upstreams die and come back while queries arrive; at any time at least one lives.</summary>
[TestFixture]
internal sealed class DyingUpstreamTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(4500);

    [Test]
    public void Queries_WhileUpstreamsDieAndReturn_AreAllAnsweredInTime()
    {
        var scene = Gen.Select(
            OneOf("random", "round_robin", "sequential"),
            Gen.Int[2, 4],
            Gen.Int[1, 60],
            Gen.Int[0, 2000],
            Gen.Int[500, 8000]);
        scene.Sample(
            drawn => RunAsync(drawn.Item1, drawn.Item2, drawn.Item3, drawn.Item4, drawn.Item5).GetAwaiter().GetResult(),
            iter: 40,
            threads: 1);
    }

    [Test]
    public async Task Queries_LongAfterADeath_AreAsQuickAsBefore()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 10.0.0.2 10.0.0.3");
        var answers = await LoadAsync(fixture, deathAt: 500, returnAt: int.MaxValue, delay: 5);
        var slowest = answers.Skip(answers.Count - 100).Max(answer => answer.Elapsed);
        Assert.That(slowest, Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(50)));
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static async Task RunAsync(string policy, int count, int delay, int deathAt, int outage)
    {
        var addresses = string.Join(' ', Enumerable.Range(1, count).Select(host => $"10.0.0.{host}"));
        await using var fixture = new ForwardFixture($"forward . {addresses} {{\n policy {policy}\n}}");
        var answers = await LoadAsync(fixture, deathAt, deathAt + outage, delay);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Addresses), Has.All.EqualTo("192.0.2.1"));
            Assert.That(answers.Max(answer => answer.Elapsed), Is.LessThanOrEqualTo(Budget));
        }
    }

    /// <summary>A query each 20 ms for twelve seconds; the first upstream is silent for a part of them.</summary>
    private static async Task<IReadOnlyList<ForwardAnswer>> LoadAsync(
        ForwardFixture fixture, int deathAt, int returnAt, int delay)
    {
        for (var host = 1; host <= fixture.Upstreams.Count; host++)
        {
            fixture[host].Delay = TimeSpan.FromMilliseconds(delay);
        }

        var answer = fixture[1].Reply;
        var asked = new List<Task<ForwardAnswer>>();
        for (var now = 0; now < 12_000; now += 20)
        {
            fixture[1].Reply = now >= deathAt && now < returnAt ? _ => null : answer;
            asked.Add(fixture.BeginAsync(QueryFactory.Ask($"n{now}.example.org", RecordType.A)));
            fixture.Advance(TimeSpan.FromMilliseconds(20));
        }

        return await fixture.RunAsync(Task.WhenAll(asked));
    }
}
