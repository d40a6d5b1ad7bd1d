using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Shortnames;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Autopath;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Shortnames;

/// <summary>Which short names are the cluster's, and what is answered.</summary>
[TestFixture]
internal sealed class ShortnamesTests
{
    private const string WebOfOrders = "5 CNAME web.orders.svc.cluster.local.\nweb.orders.svc.cluster.local. 5 A 10.96.0.1";

    [TestCase("web. A", "web. " + WebOfOrders)]
    [TestCase("web.orders. A", "web.orders. " + WebOfOrders)]
    [TestCase("web.orders.svc. A", "web.orders.svc. " + WebOfOrders)]
    [TestCase(
        "Web.ORDERS. A",
        "Web.ORDERS. 5 CNAME Web.ORDERS.svc.cluster.local.\nWeb.ORDERS.svc.cluster.local. 5 A 10.96.0.1")]
    [TestCase("vault.ledger. A", "vault.ledger. 5 CNAME vault.ledger.svc.cluster.local.\nvault.ledger.svc.cluster.local. 5 A 10.96.0.3")]
    [TestCase("web. AAAA", "web. 5 CNAME web.orders.svc.cluster.local.", Description = "NODATA, behind the CNAME")]
    [TestCase("mail. A", "mail. 5 CNAME mail.orders.svc.cluster.local.", Description = "no endpoint: not the outside's")]
    [TestCase("web. CNAME", "web. 5 CNAME web.orders.svc.cluster.local.")]
    [TestCase(
        "_http._tcp.web.orders.svc. SRV",
        "_http._tcp.web.orders.svc. 5 CNAME _http._tcp.web.orders.svc.cluster.local.\n"
        + "_http._tcp.web.orders.svc.cluster.local. 5 SRV 0 100 80 web.orders.svc.cluster.local.")]
    [TestCase(
        "away. A",
        "away. 5 CNAME away.orders.svc.cluster.local.\naway.orders.svc.cluster.local. 5 CNAME www.example.com.\n"
        + "www.example.com. 60 A 198.51.100.4")]
    public void Service_UnderItsShortName_IsAnsweredBehindACname(string question, string expected) =>
        Assert.That(new ShortnamesScene().Ask(question), Is.EqualTo(expected));

    [TestCase("vault. A", Description = "another namespace's Service")]
    [TestCase("nothing.orders. A")]
    [TestCase("nothing.orders.svc. A")]
    [TestCase("web.nowhere. A")]
    [TestCase("web.orders.pod. A")]
    [TestCase("web.dev. A", Description = "a top-level domain")]
    [TestCase("www.example.com. A")]
    [TestCase("web.orders.cluster. A")]
    [TestCase(". NS")]
    [TestCase("web. NS")]
    [TestCase("web. SOA")]
    [TestCase("web.orders. DS")]
    [TestCase("svc. A")]
    [TestCase("web.svc. A")]
    public void Name_OfNoService_GoesOnUnchanged(string question)
    {
        var scene = new ShortnamesScene();

        scene.Ask(question);

        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { question }));
    }

    [TestCase("web. A", "web. 60 A 198.51.100.1")]
    [TestCase("web.orders. A", "web.orders. " + WebOfOrders)]
    public void Client_ThatIsNoPod_HasNoNamespace(string question, string expected) =>
        Assert.That(new ShortnamesScene().Ask(question, SearchScene.Stranger), Is.EqualTo(expected));

    [TestCase("web.orders. A")]
    [TestCase("web.orders.svc. A")]
    public void ClientsPods_OfAStranger_GoOn(string question)
    {
        var scene = new ShortnamesScene("clients pods");

        Assert.That(scene.Ask(question, SearchScene.Stranger), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask(question), Does.EndWith(" 5 A 10.96.0.1"));
    }

    [Test]
    public void Pods_NotVerified_LeaveOneLabelToOthers()
    {
        var scene = new ShortnamesScene(kubernetes: "cluster.local");

        Assert.That(scene.Ask("web. A"), Is.EqualTo("web. 60 A 198.51.100.1"));
        Assert.That(scene.Ask("web.orders. A"), Is.EqualTo("web.orders. " + WebOfOrders));
    }

    [Test]
    public void Namespaces_Listed_HaveNamesDespiteATopLevelDomain() =>
        Assert.That(
            new ShortnamesScene("namespaces com DEV").Ask("web.dev. AAAA"),
            Is.EqualTo("web.dev. 5 CNAME web.dev.svc.cluster.local.\nweb.dev.svc.cluster.local. 5 AAAA fd00::2"));

    [Test]
    public void TopLevelDomain_WithSvcBehind_IsANamespace() =>
        Assert.That(new ShortnamesScene().Ask("web.dev.svc. A"), Does.EndWith(" 5 A 10.96.0.2"));

    [Test]
    public void Namespaces_ThatKubernetesHides_AreHidden()
    {
        var scene = new ShortnamesScene(kubernetes: "cluster.local {\n pods verified\n namespaces orders\n }");

        Assert.That(scene.Ask("vault.ledger. A"), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { "vault.ledger. A" }));
    }

    [TestCase("ttl 77", 77)]
    [TestCase("ttl 0", 0)]
    [TestCase("", 5)]
    public void TimeToLive_OfTheCname_IsTheOptionsOrTheClusters(string lines, int expected) =>
        Assert.That(new ShortnamesScene(lines).Ask("web. A"), Does.StartWith($"web. {expected} CNAME "));

    [Test]
    public void ExternalName_ThatLeadsToItsOwnShortName_Ends() =>
        Assert.That(new ShortnamesScene().Ask("circle. A"), Does.StartWith("circle. 5 CNAME circle.orders.svc.cluster.local."));

    [Test]
    public void Reply_OfAShortName_HasTheFlagsAndFactsOfTheFullOne()
    {
        var scene = new ShortnamesScene();
        using var query = scene.Read("web. AAAA");

        var result = scene.ServeAsync(query).Result;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That((query.IsLive, query.AnsweredBy, query.Reply.IsAuthoritative), Is.EqualTo((true, "kubernetes", true)));
            Assert.That(
                RecordNotation.Read(query.Reply, Section.Authority),
                Is.EqualTo(new[] { "cluster.local. 5 SOA ns.dns.cluster.local. hostmaster.cluster.local." }));
        }
    }

    [Test]
    public void Service_WhenItGoes_LeavesItsNameToOthers()
    {
        var scene = new ShortnamesScene();
        scene.Cluster.Apply(Remove(ResourceKind.Service, "orders/web"));

        Assert.That(scene.Ask("web. A"), Is.EqualTo("web. 60 A 198.51.100.1"));
    }

    [TestCase("web. A")]
    [TestCase("web.orders. AAAA")]
    [TestCase("web.orders.svc. A")]
    [TestCase("vault.ledger.svc.cluster.local. A")]
    public void Answer_FromTheCluster_AllocatesNothing(string question)
    {
        var scene = new ShortnamesScene();
        using var query = scene.Read(question);
        var packet = query.Packet.ToArray();
        var path = new CountingReplyPath();

        Assert.That(
            Allocation.Of(() =>
            {
                query.Read(packet, path);
                if (!scene.ServeAsync(query).IsCompletedSuccessfully)
                {
                    throw new AssertionException("it waits");
                }
            }),
            Is.Zero);
    }

    [Test]
    public void Directive_WithoutKubernetes_SaysWhatItNeeds() =>
        Assert.That(
            PluginFixture.ErrorOf(ShortnamesDirective.Descriptor, "shortnames"),
            Does.EndWith(" - Error during parsing: 'shortnames' needs 'kubernetes' in the same server block"));

    [TestCase("shortnames x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("shortnames {\nclients some\n}", "'some' is neither 'all' nor 'pods'")]
    [TestCase("shortnames {\nclients\n}", "Wrong argument count or unexpected line ending after 'clients'")]
    [TestCase("shortnames {\nnamespaces\n}", "Wrong argument count or unexpected line ending after 'namespaces'")]
    [TestCase("shortnames {\nttl 3601\n}", "'3601' is not a whole number from 0 to 3600")]
    [TestCase("shortnames {\nttl\n}", "Wrong argument count or unexpected line ending after 'ttl'")]
    [TestCase("shortnames {\nsuffix x\n}", "unknown property 'suffix'")]
    [TestCase("shortnames {\nclients all {\n}\n}", "Unexpected token '{', expecting argument")]
    public void Directive_WithAMistake_SaysWhich(string lines, string expected) =>
        Assert.That(
            PluginFixture.ErrorOf(ShortnamesDirective.Descriptor, lines, "kubernetes"),
            Does.EndWith($" - Error during parsing: {expected}"));

    [Test]
    public void TopLevelDomains_OfTheDataFile_AreNamesOfOneLabel()
    {
        var domains = TopLevelDomains.Read().ToList();

        Assert.That(domains, Has.Count.GreaterThan(1000).And.SupersetOf(new[] { "com", "dev", "io", "arpa", "xn--p1ai" }));
        Assert.That(domains, Has.None.AnyOf("svc", "cluster", "example", "default"));
        Assert.That(domains, Has.All.Matches<string>(name => DnsName.Parse(name).ToString() == $"{name}."));
    }
}
