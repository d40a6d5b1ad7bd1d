using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Loop;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Forward;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Loop;

[TestFixture]
internal sealed class LoopTests
{
    private const string TwoUpstreams = "loop\nforward . 10.0.0.1 10.0.0.2 {\n policy sequential\n}";

    [TestCase("loop 1", 2, "Wrong argument count or unexpected line ending after '1'")]
    [TestCase("loop {\n interval 1s\n}", 3, "unknown property 'interval'")]
    public void SetUp_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(LoopDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void Descriptor_StandsInFrontOfForward_OnceInABlock()
    {
        var names = ClusterDns.Plugins.PluginOrder.Descriptors.Select(descriptor => descriptor.Name).ToList();
        Assert.That((names.IndexOf("forward") - names.IndexOf("loop"), LoopDirective.Descriptor.OncePerBlock), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Start_EachUpstream_IsAskedForANameOfItsOwn()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        var (first, second) = (fixture[1].Received.Single(), fixture[2].Received.Single());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Name, Does.Match(@"^\d{10,20}\.\d{10,20}\.example\.org\.$"));
            Assert.That((first.Type, second.Type), Is.EqualTo((RecordType.HINFO, RecordType.HINFO)));
            Assert.That(second.Name.Split('.')[..2], Has.None.AnyOf(first.Name.Split('.')[..2].Cast<object>().ToArray()));
        }
    }

    [Test]
    public async Task Round_ThatThrows_IsFollowedByTheNextOne()
    {
        await using var fixture = Create();
        var calls = 0;
        var watch = new LoopWatch(
            DnsName.Parse("example.org"),
            () => ++calls == 2 ? throw new InvalidOperationException("a bug") : [fixture.Forward],
            fixture.Block.LoggerFor("loop"),
            new LoopMetrics(fixture.Block.Services.Registry, fixture.Block.Services.Metrics.Series),
            fixture.Clock);
        await watch.StartAsync();
        await Transport.Eventually.IsTrue(() => fixture.Log.Count == 1, "the fault is told");
        fixture.Advance(LoopLimits.Interval);
        await Transport.Eventually.IsTrue(() => fixture[1].Received.Count == 1, "the next round asks");
        await watch.StopAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log, Has.One.Contains("looking for loops failed and goes on"));
        }
    }

    [Test]
    public async Task Name_ThatComesBack_TakesItsUpstreamOutOfServiceWithOneLine()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        var name = fixture[1].Received.Single().Name;
        var seen = await fixture.AskAsync(Looped(name));
        await fixture.AskAsync(Looped(name));
        var answer = await fixture.AskAsync("www.example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((seen.Code, seen.Query.AnsweredBy, seen.Error), Is.EqualTo((ResponseCode.NameError, "loop", (string?)null)));
            Assert.That(answer.Query.Upstream, Is.EqualTo("10.0.0.2:53"));
            Assert.That(fixture.Log, Is.EqualTo(
            [
                "[Error] plugin/loop: Loop (10.244.0.5:46018 -> :53) detected for zone \"example.org.\", "
                + "see https://coredns.io/plugins/loop#troubleshooting. "
                + $"Query: \"HINFO {name}\". Corefile:3 names 10.0.0.1, which leads back here; it is not asked any more",
            ]));
        }
    }

    [Test]
    public async Task Names_OfAllUpstreamsComeBack_QueriesFailAtOnceWithTheReason()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        await fixture.AskAsync(Looped(fixture[1].Received.Single().Name));
        await fixture.AskAsync(Looped(fixture[2].Received.Single().Name));
        var answer = await fixture.AskAsync("www.example.org");
        Assert.That(
            (answer.Code, answer.Error, answer.Elapsed),
            Is.EqualTo((ResponseCode.ServerFailure, "Corefile:3 names 10.0.0.1, which leads back here", TimeSpan.Zero)));
    }

    [TestCase(RecordType.A, "x")]
    [TestCase(RecordType.HINFO, "y.x")]
    public async Task OtherNames_AndTypes_AreForwarded(RecordType type, string prefix)
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        var name = type == RecordType.A ? fixture[1].Received.Single().Name : $"{prefix}.example.org";
        var answer = await fixture.AskAsync(QueryFactory.Ask(name, type));
        Assert.That((answer.Query.AnsweredBy, fixture.Log), Is.EqualTo(("forward", Array.Empty<string>())));
    }

    [Test]
    public async Task Upstream_NotThereYet_IsAskedEachSecondForHalfAMinute()
    {
        await using var fixture = Create(exchange => exchange.Failure = UpstreamOutcome.Unreachable);
        await fixture.StartAsync();
        fixture.Advance(TimeSpan.FromMinutes(2));
        Assert.That(fixture[1].Received.Count, Is.EqualTo(31));
    }

    [Test]
    public async Task Upstream_ThatAnswers_IsAskedAgainAfterMinutes()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        fixture.Advance(LoopLimits.Interval - TimeSpan.FromSeconds(1));
        var before = fixture[1].Received.Count;
        fixture.Advance(TimeSpan.FromSeconds(1));
        await Eventually(() => fixture[1].Received.Count == 2);
        Assert.That((before, fixture[1].Received[0].Name == fixture[1].Received[1].Name), Is.EqualTo((1, false)));
    }

    [Test]
    public async Task Upstream_ThatNoLongerLoops_IsPutBack()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        await fixture.AskAsync(Looped(fixture[1].Received.Single().Name));
        fixture.Advance(LoopLimits.Interval);
        // It is put back first, then told.
        await Eventually(() => fixture.Upstreams[0].OutOfServiceReason is null && fixture.Log.Count == 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await fixture.AskAsync("www.example.org")).Query.Upstream, Is.EqualTo("10.0.0.1:53"));
            Assert.That(fixture.Log, Has.Some.EqualTo("[Information] plugin/loop: Corefile:3 no longer leads back here; 10.0.0.1:53 is asked again"));
        }
    }

    [Test]
    public async Task Upstream_ThatStillLoops_StaysOutWithoutAnotherLine()
    {
        await using var fixture = Create();
        await fixture.StartAsync();
        fixture[1].Reply = query =>
        {
            _ = fixture.AskAsync(Looped(query.Name));
            return query.Fail(ResponseCode.NameError);
        };
        for (var round = 0; round < 3; round++)
        {
            fixture.Advance(LoopLimits.Interval);
            await Eventually(() => fixture[1].Received.Count == round + 2);
        }

        Assert.That((fixture.Upstreams[0].OutOfServiceReason is null, fixture.Log.Count), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task ResolvConf_Changed_IsAskedAtOnce()
    {
        using var folder = new FileFolder();
        var path = folder.Write("resolv.conf", "nameserver 10.0.0.1\n");
        await using var fixture = Create(null, $"loop\nforward . {path}");
        await fixture.StartAsync();
        folder.Write("resolv.conf", "# new\nnameserver 10.0.0.7\n");
        fixture.Advance(ForwardLimits.FileInterval);
        await Eventually(() => fixture.Of("10.0.0.7:53").Received.Count == 1);
        await fixture.AskAsync(Looped(fixture[7].Received.Single().Name));
        Assert.That(fixture.Log, Has.Some.Contains($"{path}:2 names 10.0.0.7, which leads back here"));
    }

    [Test]
    public async Task Stop_Always_LeavesNoTimer()
    {
        await using var fixture = Create(exchange => exchange.Failure = UpstreamOutcome.Unreachable);
        await fixture.StartAsync();
        var before = fixture.Clock.PendingTimers;
        await fixture.StopAsync();
        Assert.That((before, fixture.Clock.PendingTimers), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task Query_OfAnotherType_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(LoopDirective.Descriptor, "loop");
        await fixture.StartAsync();
        var address = QueryFactory.Ask("example.org", RecordType.A);
        var hardware = QueryFactory.Ask("example.org", RecordType.HINFO);
        var chain = fixture.Chain();
        Assert.That(Allocation.Of(() => chain.ServeAsync(address)) + Allocation.Of(() => chain.ServeAsync(hardware)), Is.Zero);
    }

    private static Query Looped(string name)
    {
        var query = QueryFactory.Ask(name, RecordType.HINFO);
        query.ServerLabel = "dns://:53";
        return query;
    }

    private static Task Eventually(Func<bool> condition) =>
        Transport.Eventually.IsTrue(condition, "the round of questions");

    private static ForwardFixture Create(Action<ScriptedExchange>? prepare = null, string lines = TwoUpstreams) =>
        new(lines, prepare, LoopDirective.Descriptor);
}
