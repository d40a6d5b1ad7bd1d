using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class SheddingTests
{
    private const string Flooder = "10.244.0.66:4000";

    [Test]
    public async Task Flooder_OverItsPart_IsRefusedAndCounted_AndOthersAreAnswered()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n max_concurrent 30\n}");
        fixture[1].Delay = TimeSpan.FromMilliseconds(50);
        var flood = Enumerable.Range(0, 100)
            .Select(i => fixture.BeginAsync(QueryFactory.Ask($"f{i}.example.org", RecordType.A, client: Flooder)))
            .ToList();
        var ordinary = Enumerable.Range(0, 5)
            .Select(i => fixture.BeginAsync(QueryFactory.Ask($"o{i}.example.org", RecordType.A)))
            .ToList();
        var flooded = await fixture.RunAsync(Task.WhenAll(flood));
        var answers = await fixture.RunAsync(Task.WhenAll(ordinary));
        var page = await fixture.ScrapeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Code), Has.All.EqualTo(ResponseCode.NoError));
            Assert.That(flooded.Count(answer => answer.Code == ResponseCode.NoError), Is.EqualTo(20));
            Assert.That(flooded.Where(answer => answer.Code != ResponseCode.NoError).Select(answer => (answer.Code, answer.Error)), Has.All.EqualTo((ResponseCode.Refused, (string?)null)));
            Assert.That(page, Does.Contain("clusterdns_forward_shed_queries_total{reason=\"one_client\"} 80"));
            Assert.That(page, Does.Contain("clusterdns_forward_shed_queries_total{reason=\"all_clients\"} 0"));
            Assert.That(page, Does.Contain("coredns_forward_max_concurrent_rejects_total 80"));
        }
    }

    [Test]
    public async Task Directives_WithoutANumber_ShareTheServersBound()
    {
        await using var fixture = new ForwardFixture(
            "forward a.example.org 10.0.0.1\nforward b.example.org 10.0.0.2\nforward . 10.0.0.3 {\n max_concurrent 7\n}");
        var admissions = fixture.Block.Plugins.OfType<ClusterDns.Plugins.Forward.ForwardPlugin>().Select(plugin => plugin.Admission).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(admissions[0], Is.SameAs(admissions[1]).And.SameAs(fixture.Block.Services.ForwardAdmission));
            Assert.That(admissions[0].Most, Is.EqualTo(5000));
            Assert.That(admissions[2].Most, Is.EqualTo(7));
        }
    }

    /// <summary>However queries end (answered, refused, timed out, merged, hedged, passed on, cut off), none stays counted.</summary>
    [Test]
    public void Queries_HoweverTheyEnd_AreNotCountedAnyMore()
    {
        var query = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 40]);
        Gen.Select(query.List[1, 60], Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 20], Gen.Bool).Sample(
            (queries, first, second, bound, isCutOff) =>
                CheckAsync(queries, first, second, bound, isCutOff).GetAwaiter().GetResult(),
            iter: 60,
            threads: 1);
    }

    private static async Task<bool> CheckAsync(
        List<(int Name, int Client, int Pause)> queries, int first, int second, int bound, bool isCutOff)
    {
        var fixture = new ForwardFixture(
            $"forward . 10.0.0.1 10.0.0.2 {{\n max_concurrent {bound}\n next NXDOMAIN\n policy sequential\n read_timeout 200ms\n}}\nforward . 10.0.0.2");
        Behave(fixture[1], first);
        Behave(fixture[2], second);
        var admissions = new List<QueryAdmission> { fixture.Forward.Admission, fixture.Block.Services.ForwardAdmission };
        var answers = new List<Task<ForwardAnswer>>();
        foreach (var (name, client, pause) in queries)
        {
            answers.Add(fixture.BeginAsync(QueryFactory.Ask($"n{name}.example.org", RecordType.A, client: $"10.244.0.{client}:5000")));
            fixture.Advance(TimeSpan.FromMilliseconds(pause));
        }

        // In steps with pauses: those who joined an exchange go on on other threads.
        for (var all = Task.WhenAll(answers); !isCutOff && !all.IsCompleted; await Task.Delay(1))
        {
            fixture.Advance(TimeSpan.FromMilliseconds(50));
        }

        // Stopping waits for queries under way and cancels those that take too long.
        await fixture.DisposeAsync();
        await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(20));
        return admissions.TrueForAll(admission => admission.Count == 0
            && Enumerable.Range(0, 3).All(client =>
                admission.CountOf(QueryFactory.Ask("x", RecordType.A, client: $"10.244.0.{client}:5000").Client) == 0));
    }

    private static void Behave(ScriptedExchange upstream, int how)
    {
        upstream.Delay = TimeSpan.FromMilliseconds(how * 30);
        upstream.Failure = how == 1 ? UpstreamOutcome.Unreachable : null;
        upstream.Reply = how switch
        {
            2 => _ => null,
            3 => query => query.Fail(ResponseCode.NameError),
            4 => query => query.Fail(ResponseCode.ServerFailure),
            _ => query => query.Answer($"{query.Name} 60 A 192.0.2.1"),
        };
    }
}
