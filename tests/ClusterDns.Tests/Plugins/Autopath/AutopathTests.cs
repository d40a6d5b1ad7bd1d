using ClusterDns.Plugins.Aaaa;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>Names of a search list, walked for the client.</summary>
[TestFixture]
internal sealed class AutopathTests
{
    private const string Shop = ".shop.svc.cluster.local.";

    [TestCase("web.shop.svc.cluster.local. A", "web.shop.svc.cluster.local. 5 A 10.96.0.1")]
    [TestCase("web.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase(
        "vault.bank.shop.svc.cluster.local. A",
        "vault.bank.shop.svc.cluster.local. 5 CNAME vault.bank.svc.cluster.local.\nvault.bank.svc.cluster.local. 5 A 10.96.0.3")]
    [TestCase("vault.bank.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase(
        "dual.shop.svc.shop.svc.cluster.local. AAAA",
        "dual.shop.svc.shop.svc.cluster.local. 5 CNAME dual.shop.svc.cluster.local.\ndual.shop.svc.cluster.local. 5 AAAA fd00::2")]
    [TestCase(
        "WWW.Example.com.Shop.svc.cluster.local. A",
        "WWW.Example.com.Shop.svc.cluster.local. 60 CNAME www.example.com.\nwww.example.com. 60 A 198.51.100.1")]
    [TestCase("www.example.com.shop.svc.cluster.local. AAAA", "NODATA")]
    [TestCase("empty.example.com.shop.svc.cluster.local. A", "NODATA")]
    [TestCase("www.example.com.shop.svc.cluster.local. HTTPS", "NODATA")]
    [TestCase(
        "host.shop.svc.cluster.local. A",
        "host.shop.svc.cluster.local. 70 CNAME host.corp.test.\nhost.corp.test. 70 A 198.51.100.3")]
    [TestCase("no.example.com.shop.svc.cluster.local. A", "NXDOMAIN")]
    [TestCase("no.example.com.shop.svc.cluster.local. AAAA", "NXDOMAIN")]
    public void Name_UnderTheFirstElement_IsAnsweredByTheFirstThatExists(string question, string expected)
    {
        var scene = new SearchScene(nodeSearch: "corp.test");
        Assert.That(scene.Ask(question), Is.EqualTo(expected));
    }

    [Test]
    public void Alias_Found_ComesBehindACnameWithItsOwnTimeToLive() =>
        Assert.That(
            new SearchScene().Ask($"alias.example.com{Shop} A"),
            Is.EqualTo(
                $"alias.example.com{Shop} 40 CNAME alias.example.com.\nalias.example.com. 40 CNAME www.example.com.\n"
                + "www.example.com. 60 A 198.51.100.1"));

    [Test]
    public void Upstream_OfAnExternalName_IsAskedOncePerType()
    {
        var scene = new SearchScene();

        scene.Ask($"both.example.com{Shop} A");
        scene.Ask($"both.example.com{Shop} AAAA");

        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { "both.example.com. A", "both.example.com. AAAA" }));
    }

    /// <summary>NODATA that a rule makes up for every name outside proves none of them: the A query finds its own way.</summary>
    [TestCase("A AAAA")]
    [TestCase("AAAA A")]
    [TestCase("AAAA A AAAA A")]
    public void Lookup_WithAaaaNever_FindsTheAddressInAnyOrderOfQueries(string types)
    {
        var scene = new SearchScene(nodeSearch: "corp.test", beforeUpstream: new AaaaPlugin(AaaaMode.Never, serverHasIPv6: false));
        foreach (var type in types.Split(' '))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(
                    scene.Ask($"www.example.com{Shop} {type}"),
                    type == "A" ? Does.EndWith("www.example.com. 60 A 198.51.100.1") : Is.EqualTo("NODATA"));
                Assert.That(scene.Ask($"no.example.com{Shop} {type}"), Is.EqualTo(type == "A" ? "NXDOMAIN" : "NODATA"));
            }
        }
    }

    [Test]
    public void Upstream_OfAMissingName_IsAskedUnderEachOuterElementAndNoOther()
    {
        var scene = new SearchScene(nodeSearch: "corp.test bank.svc.cluster.local cluster.local corp.test .");

        Assert.That(scene.Ask($"no.example.com{Shop} A"), Is.EqualTo("NXDOMAIN"));

        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { "no.example.com.corp.test. A", "no.example.com. A" }));
    }

    [Test]
    public void Reply_WhenNoElementHasTheName_IsTheFirstOne()
    {
        var scene = new SearchScene();
        using var query = scene.Read($"no.example.com{Shop} A");

        scene.Serve(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Reply.IsAuthoritative, Is.True);
            Assert.That(query.Reply.IsRecursionAvailable, Is.False);
            Assert.That(query.AnsweredBy, Is.EqualTo("kubernetes"));
            Assert.That(query.IsLive, Is.True);
            Assert.That(
                RecordNotation.Read(query.Reply),
                Is.EqualTo(new[] { "cluster.local. 5 SOA ns.dns.cluster.local. hostmaster.cluster.local." }));
        }
    }

    [Test]
    public void Reply_FromUpstream_HasItsFlagsSectionsAndFacts()
    {
        var scene = new SearchScene();
        using var query = scene.Read($"www.example.com{Shop} AAAA", udpSize: 1232);

        scene.Serve(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Reply.IsAuthoritative, Is.False);
            Assert.That(query.Reply.IsRecursionAvailable, Is.True);
            Assert.That(query.Reply.Edns.PayloadSize, Is.EqualTo(1232));
            Assert.That((query.AnsweredBy, query.Upstream, query.IsLive), Is.EqualTo(("upstream", "192.0.2.53:53", false)));
            Assert.That(query.ServedLength, Is.EqualTo(query.PacketLength));
            Assert.That(RecordNotation.Read(query.Reply), Is.EqualTo(new[] { UpstreamTable.Denial }));
        }
    }

    [Test]
    public void Reply_FromTheCluster_IsLiveAndAuthoritative()
    {
        var scene = new SearchScene();
        using var query = scene.Read($"vault.bank{Shop} A");

        scene.Serve(query);

        Assert.That((query.IsLive, query.Reply.IsAuthoritative, query.AnsweredBy), Is.EqualTo((true, true, "kubernetes")));
    }

    [TestCase("web.bank.svc.cluster.local. A", "NXDOMAIN", Description = "another namespace's element")]
    [TestCase("vault.bank.svc.cluster.local. A", "vault.bank.svc.cluster.local. 5 A 10.96.0.3")]
    [TestCase("www.example.com.svc.cluster.local. A", "NXDOMAIN", Description = "the second element")]
    [TestCase("www.example.com.cluster.local. A", "NXDOMAIN", Description = "the third element")]
    [TestCase("www.example.com. A", "www.example.com. 60 A 198.51.100.1", Description = "no element")]
    [TestCase("shop.svc.cluster.local. A", "NODATA", Description = "the first element itself")]
    public void Name_NotUnderTheFirstElement_GoesOnAsItIs(string question, string expected)
    {
        var scene = new SearchScene();

        Assert.That(scene.Ask(question), Is.EqualTo(expected));

        Assert.That(scene.Upstream.Asked, Is.All.EqualTo(question));
    }

    [Test]
    public void Name_ThatEndsInTheZone_IsAskedOfNoOtherNetwork()
    {
        var scene = new SearchScene(nodeSearch: "corp.test");

        var answer = scene.Ask($"vault.bank.svc.cluster.local{Shop} A");

        Assert.That(answer, Does.EndWith("\nvault.bank.svc.cluster.local. 5 A 10.96.0.3"));
        Assert.That(scene.Ask($"no.bank.svc.cluster.local{Shop} A"), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Upstream.Asked, Is.Empty);
    }

    [TestCase(ServeOutcome.Failed, "Failed ServerFailure: upstream failed")]
    [TestCase(ServeOutcome.Answered, "ServerFailure")]
    [TestCase(ServeOutcome.Dropped, "Dropped NoError: upstream failed")]
    public void Failure_AtAnElement_EndsTheWalkForBothTypes(ServeOutcome outcome, string expected)
    {
        var scene = new SearchScene(nodeSearch: "corp.test");
        scene.Upstream.Failures["www.example.com.corp.test."] = outcome switch
        {
            ServeOutcome.Failed => ServeResult.Failed(ResponseCode.ServerFailure),
            ServeOutcome.Dropped => ServeResult.Dropped,
            _ => ServeResult.Answered,
        };

        string[] answers = [scene.Ask($"www.example.com{Shop} A"), scene.Ask($"www.example.com{Shop} AAAA")];

        Assert.That(answers, Is.All.EqualTo(expected));
        Assert.That(
            scene.Upstream.Asked,
            Is.EqualTo(new[] { "www.example.com.corp.test. A", "www.example.com.corp.test. AAAA" }));
    }

    [Test]
    public void Answer_ThatLeadsBackToTheName_IsAFailure()
    {
        var scene = new SearchScene();
        scene.Upstream.Names["loop.example.com."] = [$"loop.example.com. 60 CNAME LOOP.example.com{Shop}"];

        Assert.That(
            scene.Ask($"loop.example.com{Shop} A"),
            Is.EqualTo($"Failed ServerFailure: autopath: loop.example.com. is an alias of loop.example.com{Shop}"));
    }

    [Test]
    public void Element_ThatMakesANameTooLong_IsPassedOver()
    {
        var labels = string.Join('.', Enumerable.Repeat(new string('a', 60), 3));
        var scene = new SearchScene(nodeSearch: $"{new string('b', 60)}.{new string('c', 20)}.test");
        scene.Upstream.Names[$"{labels}."] = [$"{labels}. 60 A 198.51.100.9"];

        Assert.That(scene.Ask($"{labels}{Shop} A"), Does.EndWith(" A 198.51.100.9"));

        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { $"{labels}. A" }));
    }

    [Test]
    public void Zone_OfTheWholeTree_HasShortElements()
    {
        var scene = new SearchScene(". {\n pods verified\n fallthrough\n }");

        Assert.That(
            scene.Ask("vault.bank.shop.svc. A"),
            Is.EqualTo("vault.bank.shop.svc. 5 CNAME vault.bank.svc.\nvault.bank.svc. 5 A 10.96.0.3"));
        Assert.That(scene.Ask("www.example.com.shop.svc. A"), Does.EndWith("\nwww.example.com. 60 A 198.51.100.1"));
    }

    [Test]
    public void Upstream_ThatAnswersLater_GivesTheSame()
    {
        var scene = new SearchScene(nodeSearch: "corp.test");
        scene.Upstream.IsSlow = true;

        Assert.That(scene.Ask($"www.example.com{Shop} A"), Does.EndWith("\nwww.example.com. 60 A 198.51.100.1"));
        Assert.That(scene.Ask($"no.example.com{Shop} A"), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask($"no.example.com{Shop} AAAA"), Is.EqualTo("NXDOMAIN"));
    }

    [Test]
    public async Task Metrics_OfAnswersAndMisses_CountAnswers()
    {
        var scene = new SearchScene();
        scene.Ask($"web{Shop} A");
        scene.Ask($"www.example.com{Shop} A");
        scene.Ask($"no.example.com{Shop} A");
        scene.Ask("www.example.com. A");

        using var page = new MemoryStream();
        await scene.Registry.CollectAndExportAsTextAsync(page);

        Assert.That(
            System.Text.Encoding.UTF8.GetString(page.ToArray()),
            Does.Contain("coredns_autopath_success_total{server=\"dns://:53\"} 2\n"));
    }

    [TestCase("web.shop.svc.cluster.local. A")]
    [TestCase("vault.bank.shop.svc.cluster.local. A")]
    [TestCase("vault.bank.shop.svc.cluster.local. AAAA")]
    [TestCase("vault.bank.svc.cluster.local. A")]
    public void Answer_FromTheCluster_AllocatesNothing(string question)
    {
        var scene = new SearchScene();
        using var query = scene.Read(question);
        var packet = query.Packet.ToArray();
        var path = new CountingReplyPath();

        Assert.That(
            Allocation.Of(() =>
            {
                query.Read(packet, path);
                query.ServerLabel = "dns://:53";
                if (!scene.ServeAsync(query).IsCompletedSuccessfully)
                {
                    throw new AssertionException("it waits");
                }
            }),
            Is.Zero);
    }
}
