using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary><c>rewrite cname</c>: another target, and what the server knows of it.</summary>
[TestFixture]
internal sealed class AliasRuleTests
{
    [TestCase("old.example new.example", "new.example.")]
    [TestCase("exact old.example. new.example.", "new.example.")]
    [TestCase("exact OLD.example New.Example", "new.example.")]
    [TestCase("prefix old. new.", "new.example.")]
    [TestCase("suffix old.example new.example", "new.example.")]
    [TestCase("substring ol new", "newd.example.")]
    [TestCase("regex ^(o)ld\\.(.*)\\. {1}.{2}", "o.example.")]
    public async Task Alias_ThatIsMeant_LeadsToAnotherName(string rule, string target)
    {
        await using var scene = new RewriteScene(
            $"rewrite cname {rule}", "a.x. 30 CNAME old.example.", "old.example. 30 A 10.0.0.1");
        var lookups = new List<string>();

        var reply = Ask(scene, lookups, $"{target} 7 CNAME last.example.", "last.example. 7 A 10.9.9.9");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lookups, Is.EqualTo(new[] { $"{target} A" }));
            Assert.That(reply, Is.EqualTo(new[]
            {
                $"a.x. 30 CNAME {target}", $"{target} 7 CNAME last.example.", "last.example. 7 A 10.9.9.9",
            }));
        }
    }

    [Test]
    public async Task Alias_FurtherDownTheChain_TakesItsPlaceThere()
    {
        await using var scene = new RewriteScene(
            "rewrite cname old.example new.example",
            "a.x. 30 CNAME b.x.", "b.x. 30 CNAME old.example.", "old.example. 30 A 10.0.0.1")
        {
            Authority = ["x. 30 NS n.x."],
        };
        Assert.That(Ask(scene, [], "new.example. 7 A 10.9.9.9"), Is.EqualTo(new[]
        {
            "a.x. 30 CNAME b.x.", "b.x. 30 CNAME new.example.", "new.example. 7 A 10.9.9.9", "x. 30 NS n.x.",
        }));
    }

    [Test]
    public async Task Alias_ThatIsNotMeant_IsLeftAlone()
    {
        await using var scene = new RewriteScene("rewrite cname other.example new.example", "a.x. 30 CNAME old.example.");
        var lookups = new List<string>();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ask(scene, lookups), Is.EqualTo(new[] { "a.x. 30 CNAME old.example." }));
            Assert.That(lookups, Is.Empty);
        }
    }

    [Test]
    public async Task Alias_WhoseTargetNobodyCanLookUp_StandsAloneWithAnError()
    {
        await using var scene = new RewriteScene("rewrite cname old.example new.example", "a.x. 30 CNAME old.example.");
        using var query = QueryFactory.Ask("a.x", RecordType.A);

        var reply = scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Is.EqualTo(new[] { "a.x. 30 CNAME new.example." }));
            Assert.That(query.Error, Does.Contain("new.example."));
        }
    }

    [Test]
    public async Task Alias_ThatLeadsToItselfForEver_Ends()
    {
        await using var scene = new RewriteScene("rewrite cname substring a aa", "x. 30 CNAME a.x.");
        using var query = QueryFactory.Ask("x", RecordType.A);
        query.Router = new OneChain(scene.Fixture.Chain());

        var result = await scene.Fixture.Chain().ServeAsync(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Outcome, Is.EqualTo(ServeOutcome.Answered));
            Assert.That(scene.Asked, Has.Count.EqualTo(1 + ServerLookup.MaxDepth));
        }
    }

    private static List<string> Ask(RewriteScene scene, List<string> lookups, params string[] answer)
    {
        using var query = QueryFactory.Ask("a.x", RecordType.A);
        query.Router = new OneChain(PluginChain.Build([new StubPlugin(lookup =>
        {
            lookups.Add($"{WireName.ToText(lookup.NameAsSent)} {lookup.Type}");
            foreach (var line in answer)
            {
                RecordNotation.Add(lookup.Reply, Section.Answer, line);
            }

            return ServeResult.Answered;
        })]));
        return scene.Ask(query);
    }
}
