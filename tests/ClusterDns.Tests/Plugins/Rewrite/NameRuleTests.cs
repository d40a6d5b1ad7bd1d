using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>What the rest of the chain is asked.</summary>
[TestFixture]
internal sealed class NameRuleTests
{
    [TestCase("rewrite name a.example b.example", "a.example.", "b.example.")]
    [TestCase("rewrite name exact A.Example. B.example.", "A.EXAMPLE.", "b.example.")]
    [TestCase("rewrite name exact a.example b.example", "x.a.example.", null)]
    [TestCase("rewrite name prefix a. b.", "a.example.", "b.example.")]
    [TestCase("rewrite name prefix a b", "a.example.", "b.example.", Description = "a prefix gets a final dot too")]
    [TestCase("rewrite name prefix a b", "aa.example.", null)]
    [TestCase("rewrite name suffix .old.example .new.example", "x.y.old.example.", "x.y.new.example.")]
    [TestCase("rewrite name suffix old.example new.example", "very-old.example.", "very-new.example.", Description = "text, not labels")]
    [TestCase("rewrite name suffix old.example. new.example.", "old.example.", "new.example.")]
    [TestCase("rewrite name suffix old.example new.example", "old.example.org.", null)]
    [TestCase("rewrite name substring b. x.y.", "a.b.b.c.", "a.x.y.x.y.c.")]
    [TestCase("rewrite name substring middle.example other.example", "a-middle.example.", "a-other.example.")]
    [TestCase("rewrite name regex (.*)-(us-west-1)\\.example\\.org {1}.service.{2}.consul", "ftp-us-west-1.example.org.", "ftp.service.us-west-1.consul.")]
    [TestCase("rewrite name regex (?P<first>[a-z]+)\\.(b)\\.(?P<last>example) {2}.{1}.{3}", "A.b.example.", "b.a.example.", Description = "groups are counted from the left")]
    [TestCase("rewrite name regex ^()$ x", "a.example.", null)]
    [TestCase("rewrite name regex (^|x)amp {0}", "a.example.", "xamp.", Description = "what matches anywhere, the whole name is replaced")]
    [TestCase("rewrite name regex (a)(.*) {1}{7}", "a.example.", "a{7}.", Description = "braces that name no group stay, and make a name")]
    [TestCase("rewrite NAME EXACT a.example b.example", "a.example.", "b.example.")]
    [TestCase("rewrite stop {\n name exact a.example b.example\n}", "a.example.", "b.example.")]
    [TestCase("rewrite stop { name exact a.example b.example }", "a.example.", "b.example.")]
    [TestCase("rewrite stop {\n name exact a.example b.example }", "a.example.", "b.example.")]
    [TestCase("rewrite {\n name exact a.example\n b.example\n}", "a.example.", "b.example.", Description = "lines in braces are one line")]
    public async Task Name_ByItsPattern_IsAskedForAs(string line, string name, string? expected)
    {
        await using var scene = new RewriteScene(line);

        scene.Ask(name);

        Assert.That(scene.Asked, Is.EqualTo(new[] { $"{expected ?? name} A IN" }));
    }

    [Test]
    public async Task Rules_Stop_LooksNoFurther()
    {
        await using var scene = new RewriteScene("rewrite name a.x b.x\nrewrite name b.x c.x");
        scene.Ask("a.x");
        Assert.That(scene.Asked, Is.EqualTo(new[] { "b.x. A IN" }));
    }

    [Test]
    public async Task Rules_Continue_GoesOnWithTheRewrittenQuestion()
    {
        await using var scene = new RewriteScene(
            "rewrite continue name a.x b.x\nrewrite continue type A AAAA\nrewrite stop name suffix x y\nrewrite name b.y z.y");
        scene.Ask("a.x");
        Assert.That(scene.Asked, Is.EqualTo(new[] { "b.y. AAAA IN" }));
    }

    [Test]
    public async Task Rules_ManyExactNames_TheFirstOfEachCounts()
    {
        var lines = Enumerable.Range(0, 300).Select(i => $"rewrite name n{i}.x t{i}.x");
        await using var scene = new RewriteScene(
            string.Join('\n', lines) + "\nrewrite name n7.x other.x\nrewrite name suffix x y\nrewrite name n7.x late.x");

        scene.Ask("n7.x");
        scene.Ask("N299.x");
        scene.Ask("n300.x");

        Assert.That(scene.Asked, Is.EqualTo(new[] { "t7.x. A IN", "t299.x. A IN", "n300.y. A IN" }));
    }

    [Test]
    public async Task Rules_ExactNamesThatContinue_AreEachLookedAt()
    {
        await using var scene = new RewriteScene(string.Join(
            '\n', Enumerable.Range(0, 10).Select(i => $"rewrite continue name n{i}.x n{i + 1}.x")));
        scene.Ask("n2.x");
        Assert.That(scene.Asked, Is.EqualTo(new[] { "n10.x. A IN" }));
    }

    [TestCase("rewrite type ANY HINFO", RecordType.ANY, "a.x. HINFO IN")]
    [TestCase("rewrite type any hinfo", RecordType.A, "a.x. A IN")]
    [TestCase("rewrite class IN CH", RecordType.A, "a.x. A CH")]
    [TestCase("rewrite class CH IN", RecordType.A, "a.x. A IN")]
    public async Task TypeAndClass_ThatAreMeant_AreAskedForAs(string line, RecordType type, string expected)
    {
        await using var scene = new RewriteScene(line);
        scene.Ask("a.x", type);
        Assert.That(scene.Asked, Is.EqualTo(new[] { expected }));
    }

    [Test]
    public async Task Name_ThatNoRuleChanges_KeepsItsSpelling()
    {
        await using var scene = new RewriteScene("rewrite type A AAAA");
        scene.Ask("WwW.Example.");
        Assert.That(scene.Asked, Is.EqualTo(new[] { "WwW.Example. AAAA IN" }));
    }

    [TestCase("rewrite name suffix .x .{0}", 63)]
    [TestCase("rewrite name prefix a. {0}", 63)]
    [TestCase("rewrite name regex (.*)x {1}{0}", 63)]
    [TestCase("rewrite name substring a. {0}.", 63)]
    [TestCase("rewrite name suffix .x ..y", 0)]
    public async Task Name_ThatBecomesNone_FailsWithAReason(string format, int size)
    {
        var longLabel = string.Join('.', Enumerable.Repeat(new string('n', size), 4));
        await using var scene = new RewriteScene(format.Replace("{0}", longLabel, StringComparison.Ordinal));

        var reply = scene.Ask("a.x");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Single(), Does.StartWith("Failed ServerFailure: invalid name after rewrite: "));
            Assert.That(scene.Asked, Is.Empty);
        }
    }

    [TestCase(64)]
    [TestCase(5000)]
    public async Task Label_LongerThanALabel_FailsWithAReason(int size)
    {
        await using var scene = new RewriteScene($"rewrite name suffix x {new string('n', size)}");
        Assert.That(scene.Ask("a.x").Single(), Does.StartWith("Failed ServerFailure: invalid name after rewrite: a."));
    }

    [Test]
    public async Task Query_ThatIsRewritten_KeepsWhatBelongsToTheClient()
    {
        Query? asked = null;
        await using var scene = new RewriteScene("rewrite name a.x b.x") { Further = query => asked = Copy(query) };
        using var query = QueryFactory.Ask("a.x", RecordType.A, udpSize: 1232, dnssecOk: true, flags: 0x0110);
        query.ServerLabel = "dns://:53";
        query.LimitPayloadSize(800);

        scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked!.Id, Is.EqualTo(QueryFactory.Id));
            Assert.That(asked.Flags, Is.EqualTo(0x0110));
            Assert.That(asked.Edns.PayloadSize, Is.EqualTo(800));
            Assert.That(asked.Edns.DnssecOk, Is.True);
            Assert.That(asked.Client, Is.EqualTo(query.Client));
            Assert.That(asked.ServerLabel, Is.EqualTo("dns://:53"));
        }

        static Query Copy(Query query)
        {
            var copy = new Query();
            copy.ReadInPlaceOf(query, query.Packet);
            return copy;
        }
    }

    [Test]
    public async Task Result_ThatIsNoReply_IsTheClients([Values] bool isDropped)
    {
        await using var scene = new RewriteScene("rewrite name a.x b.x");
        scene.Fixture.Rest = query => isDropped ? ServeResult.Dropped : query.Fail(ResponseCode.Refused, "because");
        Assert.That(
            scene.Ask("a.x").Single(),
            Is.EqualTo(isDropped ? "Dropped NoError: " : "Failed Refused: because"));
    }
}
