using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>Whose search list is walked: what CoreDNS got wrong when addresses change hands.</summary>
[TestFixture]
internal sealed class AutopathClientTests
{
    private const string External = "www.example.com.shop.svc.cluster.local. A";
    private const string Found = "\nwww.example.com. 60 A 198.51.100.1";

    [TestCase(SearchScene.Stranger)]
    [TestCase(SearchScene.BankClient)]
    public void Client_ThatIsNoPodOfTheNamespace_GetsThePlainAnswer(string client) =>
        Assert.That(new SearchScene().Ask(External, client), Is.EqualTo("NXDOMAIN"));

    [Test]
    public void Address_ThatTheNextPodHasAlready_IsNobodys()
    {
        var scene = new SearchScene();
        scene.AddPod("bank/next-0", "10.244.0.5");

        Assert.That(scene.Ask(External), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask("www.example.com.bank.svc.cluster.local. A"), Is.EqualTo("NXDOMAIN"));
    }

    [Test]
    public void Address_OfAPodThatEnded_IsTheNextPods()
    {
        var scene = new SearchScene();
        scene.AddPod("bank/next-0", "10.244.0.5");
        scene.RemovePod("shop/client-0");

        Assert.That(scene.Ask(External), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask("www.example.com.bank.svc.cluster.local. A"), Does.EndWith(Found));
    }

    [Test]
    public void Address_OfTheNode_IsNobodys()
    {
        var scene = new SearchScene();
        scene.AddPod("shop/agent-0", "10.0.0.1", isHostNetwork: true);

        Assert.That(scene.Ask(External, "10.0.0.1:5000"), Is.EqualTo("NXDOMAIN"));
    }

    [TestCase("[fd00:244::5]:5000")]
    [TestCase("10.244.0.8:5000")]
    [TestCase("[::ffff:10.244.0.8]:5000")]
    public void Address_OfADualStackPod_IsKnownInEitherFamily(string client)
    {
        var scene = new SearchScene();
        scene.AddPod("shop/dual-0", "10.244.0.8", "fd00:244::5");

        Assert.That(scene.Ask(External, client), Does.EndWith(Found));
    }

    [TestCase("cluster.local")]
    [TestCase("cluster.local {\n pods insecure\n }")]
    public void Directive_WithoutVerifiedPods_DoesNothing(string directive)
    {
        var scene = new SearchScene(directive);

        Assert.That(scene.Ask(External), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask("web.shop.svc.cluster.local. A"), Is.EqualTo("web.shop.svc.cluster.local. 5 A 10.96.0.1"));
    }
}
