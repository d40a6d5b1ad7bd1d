using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Autopath;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>The cluster changes between the queries of one lookup.</summary>
[TestFixture]
internal sealed class DecisionTests
{
    private const string Base = "both.example.com.shop.svc.cluster.local.";
    private const string Outside4 = $"{Base} 60 CNAME both.example.com.\nboth.example.com. 60 A 198.51.100.2";
    private const string Outside6 = $"{Base} 60 CNAME both.example.com.\nboth.example.com. 60 AAAA 2001:db8::2";

    [Test]
    public void Service_ThatAppears_IsNotFoundByTheSecondQuery()
    {
        var scene = new SearchScene();
        scene.Ask("host.shop.svc.cluster.local. A");
        scene.Cluster.Apply(Service("shop/host", "10.96.0.9 fd00::9"));

        Assert.That(scene.Ask("host.shop.svc.cluster.local. AAAA"), Is.EqualTo("NODATA"));
        Assert.That(
            scene.Ask("host.shop.svc.cluster.local. A"),
            Is.EqualTo("host.shop.svc.cluster.local. 5 A 10.96.0.9"),
            "the next lookup");
    }

    [Test]
    public void Service_ThatGoes_HasNoDataForTheSecondQuery()
    {
        var scene = new SearchScene();
        scene.Upstream.Names["dual."] = ["dual. 60 AAAA 2001:db8::9"];
        scene.Ask("dual.shop.svc.cluster.local. A");
        scene.Cluster.Apply(Remove(ResourceKind.Service, "shop/dual"));

        Assert.That(scene.Ask("dual.shop.svc.cluster.local. AAAA"), Is.EqualTo("NODATA"));
        Assert.That(scene.Ask("dual.shop.svc.cluster.local. A"), Is.EqualTo("NODATA"), "the next lookup is another name's");
        Assert.That(scene.Upstream.Asked, Is.EqualTo(new[] { "dual. A" }));
    }

    [Test]
    public void Pod_ThatEnds_HasItsSecondQueryAnsweredLikeTheFirst()
    {
        var scene = new SearchScene();
        Assert.That(scene.Ask($"{Base} A"), Is.EqualTo(Outside4));
        scene.RemovePod("shop/client-0");

        Assert.That(scene.Ask($"{Base} AAAA"), Is.EqualTo(Outside6));
        Assert.That(scene.Ask($"{Base} A"), Is.EqualTo("NXDOMAIN"), "the next lookup");
    }

    [Test]
    public void Pod_ThatBecomesKnown_HasItsSecondQueryAnsweredLikeTheFirst()
    {
        var scene = new SearchScene();
        Assert.That(scene.Ask($"{Base} AAAA", "10.244.0.9:1"), Is.EqualTo("NXDOMAIN"));
        scene.AddPod("shop/new-0", "10.244.0.9");

        Assert.That(scene.Ask($"{Base} A", "10.244.0.9:1"), Is.EqualTo("NXDOMAIN"));
        Assert.That(scene.Ask($"{Base} AAAA", "10.244.0.9:1"), Is.EqualTo(Outside6), "the next lookup");
    }

    [Test]
    public void Decision_AfterItsLifetime_IsForgotten()
    {
        var scene = new SearchScene();
        scene.Ask($"{Base} A");
        scene.RemovePod("shop/client-0");
        scene.Clock.Advance(DecisionMemory.Lifetime + TimeSpan.FromMilliseconds(1));

        Assert.That(scene.Ask($"{Base} AAAA"), Is.EqualTo("NXDOMAIN"));
    }

    [Test]
    public void Decision_OfAClient_IsNoOtherClients()
    {
        var scene = new SearchScene();
        scene.Ask("host.shop.svc.cluster.local. A");
        scene.Cluster.Apply(Service("shop/host", "10.96.0.9 fd00::9"));
        scene.AddPod("shop/other-0", "10.244.0.9");

        Assert.That(
            scene.Ask("host.shop.svc.cluster.local. AAAA", "10.244.0.9:1"),
            Is.EqualTo("host.shop.svc.cluster.local. 5 AAAA fd00::9"));
    }

    /// <summary>An upstream that denies a name for the type that it has no record of.</summary>
    [Test]
    public void Name_DeniedForTheSecondTypeOnly_HasNoData()
    {
        var scene = new SearchScene();
        Assert.That(scene.Ask($"{Base} A"), Is.EqualTo(Outside4));
        scene.Upstream.Names.Remove("both.example.com.");

        Assert.That(scene.Ask($"{Base} AAAA"), Is.EqualTo("NODATA"));
    }

    [Test]
    public void Query_WhileTheOtherWaits_SkipsWhatIsKnownToBeMissing()
    {
        var scene = new SearchScene();
        scene.Upstream.IsSlow = true;
        scene.Upstream.OnAsk = name => scene.Cluster.Apply(Service("shop/host", "10.96.0.9 fd00::9"));

        Assert.That(scene.Ask("host.shop.svc.cluster.local. A"), Does.EndWith("\nhost. 70 A 198.51.100.4"));
        Assert.That(scene.Ask("host.shop.svc.cluster.local. AAAA"), Is.EqualTo("NODATA"));
    }

    [Test]
    public void Memory_OfMoreLookupsThanItHolds_ForgetsTheOldest()
    {
        var clock = new ManualClock();
        var memory = new DecisionMemory(clock);
        var decision = new Decision(2, IsFinal: true);
        for (var i = 0; i < DecisionMemory.Entries * 4; i++)
        {
            clock.Advance(TimeSpan.FromTicks(1000));
            Put(memory, $"name-{i}.example.", decision);
        }

        using var last = QueryFactory.Ask($"name-{(DecisionMemory.Entries * 4) - 1}.example.", RecordType.AAAA);
        using var first = QueryFactory.Ask("name-0.example.", RecordType.AAAA);

        Assert.That(memory.TryTake(memory.KeyOf(last), RecordType.AAAA, out var taken) ? taken : default, Is.EqualTo(decision));
        Assert.That(memory.TryTake(memory.KeyOf(first), RecordType.AAAA, out _), Is.False);
    }

    [TestCase(0, true)]
    [TestCase(SearchWalk.MostElements + 3, false)]
    public void Memory_OfADecision_GivesItBackWhole(int step, bool isFinal)
    {
        var memory = new DecisionMemory(new ManualClock());
        Put(memory, "www.example.", new Decision(step, isFinal));
        using var query = QueryFactory.Ask("WWW.example.", RecordType.AAAA);

        Assert.That(memory.TryTake(memory.KeyOf(query), RecordType.AAAA, out var decision), Is.True);
        Assert.That(decision, Is.EqualTo(new Decision(step, isFinal)));
        Assert.That(memory.TryTake(memory.KeyOf(query), RecordType.AAAA, out _), Is.False, "another lookup");
    }

    private static void Put(DecisionMemory memory, string name, Decision decision)
    {
        using var query = QueryFactory.Ask(name, RecordType.A);
        memory.Put(memory.KeyOf(query), RecordType.A, decision);
    }
}
