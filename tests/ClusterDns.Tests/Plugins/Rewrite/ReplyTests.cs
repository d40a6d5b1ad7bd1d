using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>What the client is told.</summary>
[TestFixture]
internal sealed class ReplyTests
{
    [Test]
    public async Task Exact_Answered_NamesGoBackWhereverTheyStand()
    {
        await using var scene = new RewriteScene("rewrite name exact a.x b.y", "b.y. 30 CNAME c.y.", "c.y. 30 A 10.0.0.1")
        {
            Authority = ["y. 30 NS b.y."],
            Additional = ["B.Y. 30 A 10.0.0.2"],
        };

        Assert.That(scene.Ask("A.x"), Is.EqualTo(new[]
        {
            "A.x. 30 CNAME c.y.",
            "c.y. 30 A 10.0.0.1",
            "y. 30 NS A.x.",
            "A.x. 30 A 10.0.0.2",
        }));
    }

    [Test]
    public async Task SuffixAuto_Answered_EveryNameBelowGoesBack()
    {
        await using var scene = new RewriteScene(
            "rewrite name suffix old.x new.y answer auto", "a.new.y. 30 CNAME b.new.y.", "b.new.y. 30 A 10.0.0.1");
        Assert.That(scene.Ask("a.old.x"), Is.EqualTo(new[] { "a.old.x. 30 CNAME b.old.x.", "b.old.x. 30 A 10.0.0.1" }));
    }

    [TestCase("prefix a. b.")]
    [TestCase("substring a.x b.x")]
    [TestCase("regex ^a\\. b.x")]
    [TestCase("suffix a.x b.x")]
    public async Task OtherKinds_Answered_OnlyTheQuestionIsRestored(string rule)
    {
        await using var scene = new RewriteScene($"rewrite name {rule}", "b.x. 30 A 10.0.0.1");
        using var query = QueryFactory.Ask("A.x", RecordType.A);

        var reply = scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Asked, Is.EqualTo(new[] { "b.x. A IN" }));
            Assert.That(reply, Is.EqualTo(new[] { "b.x. 30 A 10.0.0.1" }));
            Assert.That(WireName.ToText(query.Reply.QuestionName), Is.EqualTo("A.x."));
        }
    }

    [TestCase("prefix a. b.")]
    [TestCase("substring a.x b.x")]
    [TestCase("regex ^a\\. b.x")]
    public async Task OtherKindsAuto_Answered_TheNameAskedForGoesBack(string rule)
    {
        await using var scene = new RewriteScene(
            $"rewrite name {rule} answer auto", "b.x. 30 CNAME c.b.x.", "c.b.x. 30 SRV 1 2 3 b.x.");
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { "a.x. 30 CNAME c.b.x.", "c.b.x. 30 SRV 1 2 3 a.x." }));
    }

    [Test]
    public async Task AnswerName_Regex_ChangesOwnersOnly()
    {
        await using var scene = new RewriteScene(
            """
            rewrite stop {
                name regex (.*)-(us-west-1)\.coredns\.rocks {1}.service.{2}.consul
                answer name (.*)\.service\.(us-west-1)\.consul {1}-{2}.coredns.rocks
            }
            """,
            "ftp.service.us-west-1.consul. 0 CNAME web.service.us-west-1.consul.",
            "other.example. 0 A 10.0.0.1");
        Assert.That(scene.Ask("ftp-us-west-1.coredns.rocks"), Is.EqualTo(new[]
        {
            "ftp-us-west-1.coredns.rocks. 0 CNAME web.service.us-west-1.consul.",
            "other.example. 0 A 10.0.0.1",
        }));
    }

    [TestCase("CNAME b.y.", "CNAME b.x.")]
    [TestCase("DNAME b.y.", "DNAME b.x.")]
    [TestCase("NS b.y.", "NS b.x.")]
    [TestCase("MX 7 b.y.", "MX 7 b.x.")]
    [TestCase("SRV 1 2 3 b.y.", "SRV 1 2 3 b.x.")]
    [TestCase("SOA b.y. c.y.", "SOA b.x. c.y.", Description = "the primary server only")]
    [TestCase("NAPTR 1 2 b.y.", "NAPTR 1 2 b.x.")]
    [TestCase("PTR b.y.", "PTR b.y.", Description = "no value, as for CoreDNS")]
    [TestCase("TXT 036279", "TXT 036279")]
    public async Task AnswerValue_OfEachType_ChangesTheName(string data, string expected)
    {
        await using var scene = new RewriteScene(
            "rewrite name suffix x y answer value (.*)\\.y {1}.x", $"q.y. 30 {data}");
        Assert.That(scene.Ask("q.x"), Is.EqualTo(new[] { $"q.y. 30 {expected}" }));
    }

    [Test]
    public async Task Answers_NameAndValueAndAuto_AreCombined()
    {
        await using var scene = new RewriteScene(
            "rewrite name exact a.x b.y answer value (.*)\\.y {1}.v name (.*)\\.z {1}.n",
            "b.y. 30 CNAME c.y.", "c.z. 30 CNAME b.y.");
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { "a.x. 30 CNAME c.v.", "c.n. 30 CNAME b.v." }), "the last rule first");
    }

    [Test]
    public async Task Answers_OfSeveralRules_GoBackInTheOppositeOrder()
    {
        await using var scene = new RewriteScene(
            "rewrite continue name exact a.x b.x\nrewrite continue name exact b.x c.x\nrewrite name suffix c.x c.z answer auto",
            "c.z. 30 A 10.0.0.1");
        Assert.That(scene.Ask("A.X"), Is.EqualTo(new[] { "A.X. 30 A 10.0.0.1" }));
    }

    [Test]
    public async Task Answers_ThatMakeNoName_FailWithAReason()
    {
        await using var scene = new RewriteScene(
            $"rewrite name suffix x y answer name (.*) {{1}}{new string('n', 64)}", "q.y. 30 A 10.0.0.1");
        Assert.That(scene.Ask("q.x").Single(), Does.StartWith("Failed ServerFailure: invalid name after rewrite: q.y.nnn"));
    }

    [TestCase("30", 30, 30, 30)]
    [TestCase("20-50", 20, 30, 50)]
    [TestCase("-40", 5, 30, 40)]
    [TestCase("25-", 25, 30, 100)]
    [TestCase("0", 0, 0, 0)]
    public async Task TimeToLive_OfEachRecord_IsKeptInTheRange(string range, int first, int second, int third)
    {
        await using var scene = new RewriteScene($"rewrite ttl a.x {range}", "a.x. 5 A 10.0.0.1", "a.x. 30 A 10.0.0.2")
        {
            Authority = ["x. 100 NS n.x."],
        };
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[]
        {
            $"a.x. {first} A 10.0.0.1", $"a.x. {second} A 10.0.0.2", $"x. {third} NS n.x.",
        }));
    }

    [TestCase("a.b.x", true)]
    [TestCase("exact a.b.x", true)]
    [TestCase("exact b.x", false)]
    [TestCase("prefix a.b", true)]
    [TestCase("prefix b", false)]
    [TestCase("suffix b.x", true)]
    [TestCase("suffix y", false)]
    [TestCase("substring b", true)]
    [TestCase("substring c", false)]
    [TestCase("regex ^a\\.[a-z]\\.", true)]
    [TestCase("regex ^b", false)]
    public async Task TimeToLiveAndRcode_OfEachKindOfPattern_MeanTheName(string pattern, bool isMeant)
    {
        await using var scene = new RewriteScene(
            $"rewrite continue ttl {pattern} 77\nrewrite rcode {pattern} NXDOMAIN NOERROR", "a.b.x. 30 A 10.0.0.1")
        {
            Further = query => query.Reply.Code = ResponseCode.NameError,
        };
        using var query = QueryFactory.Ask("a.b.x", RecordType.A);

        var reply = scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Is.EqualTo(new[] { $"a.b.x. {(isMeant ? 77 : 30)} A 10.0.0.1" }));
            Assert.That(query.Reply.Code, Is.EqualTo(isMeant ? ResponseCode.NoError : ResponseCode.NameError));
        }
    }

    [TestCase("SERVFAIL NOERROR", "NoError")]
    [TestCase("2 3", "NameError")]
    [TestCase("servfail refused", "Refused")]
    public async Task Rcode_OfAFailureWithoutReply_IsChangedAndTold(string change, string expected)
    {
        await using var scene = new RewriteScene($"rewrite rcode a.x {change}");
        scene.Fixture.Rest = query => query.Fail(ResponseCode.ServerFailure, "because");
        using var query = QueryFactory.Ask("a.x", RecordType.A);

        var reply = scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Is.Empty);
            Assert.That(query.Reply.Code.ToString(), Is.EqualTo(expected));
            Assert.That(query.Error, Is.EqualTo("because"));
            Assert.That(query.AnsweredBy, Is.EqualTo("rewrite"));
        }
    }

    [Test]
    public async Task Rcode_OfAnotherFailure_StaysAFailure()
    {
        await using var scene = new RewriteScene("rewrite rcode a.x SERVFAIL NOERROR");
        scene.Fixture.Rest = query => query.Fail(ResponseCode.Refused, "because");
        Assert.That(scene.Ask("a.x").Single(), Is.EqualTo("Failed Refused: because"));
    }

    [Test]
    public async Task Reply_OfTheRewrittenQuery_BringsEverythingWithIt()
    {
        await using var scene = new RewriteScene("rewrite name a.x b.x")
        {
            Further = query =>
            {
                query.Reply.Code = ResponseCode.NameError;
                query.Reply.IsAuthoritative = true;
                query.Reply.IsRecursionAvailable = true;
                query.Reply.IsAuthenticData = true;
                query.Reply.IsTruncated = true;
                query.Reply.AddOption(EdnsOption.ExtendedError, [0, 22]);
                query.AnsweredBy = "forward";
                query.Error = "stale";
                query.IsLive = true;
                query.Upstream = "10.0.0.2:53";
            },
        };
        using var query = QueryFactory.Ask("a.x", RecordType.A, udpSize: 1232);

        scene.Ask(query);

        var options = query.Reply.Options;
        var hasOption = options.TryRead(out var code, out var data);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Reply.Code, Is.EqualTo(ResponseCode.NameError));
            Assert.That(query.Reply.IsAuthoritative, Is.True);
            Assert.That(query.Reply.IsRecursionAvailable, Is.True);
            Assert.That(query.Reply.IsAuthenticData, Is.True);
            Assert.That(query.Reply.IsTruncated, Is.True);
            Assert.That(hasOption, Is.True);
            Assert.That((code, Convert.ToHexString(data)), Is.EqualTo((EdnsOption.ExtendedError, "0016")));
            Assert.That((query.AnsweredBy, query.Error, query.IsLive, query.Upstream), Is.EqualTo(("forward", "stale", true, "10.0.0.2:53")));
        }
    }

    [Test]
    public async Task Log_OfARewrittenQuery_HasTheNameAskedForAndTheSizeThatWasServed()
    {
        await using var scene = new RewriteScene("rewrite name a.x longer.x");
        using var query = QueryFactory.Ask("a.x", RecordType.A);

        scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WireName.ToText(query.Name.Wire), Is.EqualTo("a.x."));
            Assert.That(query.ServedLength, Is.EqualTo(query.PacketLength + "longer".Length - "a".Length));
        }
    }

    [Test]
    public async Task Reply_ThatComesLater_IsRewrittenToo()
    {
        await using var scene = new RewriteScene("rewrite name a.x b.x");
        var answers = new TaskCompletionSource();
        var rewrite = scene.Fixture.Block.Plugins.Single();
        _ = PluginChain.Build([rewrite, new StubPlugin(AnswerLater)]);
        using var query = QueryFactory.Ask("a.x", RecordType.A);

        var pending = rewrite.ServeAsync(query);
        var wasPending = !pending.IsCompleted;
        answers.SetResult();
        var result = await pending;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wasPending, Is.True);
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That(RecordNotation.Read(query.Reply), Is.EqualTo(new[] { "a.x. 30 A 10.0.0.1" }));
        }

        async ValueTask<ServeResult> AnswerLater(Query inner)
        {
            await answers.Task;
            RecordNotation.Add(inner.Reply, Section.Answer, "b.x. 30 A 10.0.0.1");
            return ServeResult.Answered;
        }
    }
}
