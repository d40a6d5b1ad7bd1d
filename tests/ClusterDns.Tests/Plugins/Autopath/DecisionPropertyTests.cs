using ClusterDns.Kubernetes.Objects;
using CsCheck;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>
/// Any changes of the cluster before, between and while two queries of one lookup are answered. The names exist outside
/// the cluster all the time, in both families, and come and go inside.
/// </summary>
[TestFixture]
internal sealed class DecisionPropertyTests
{
    /// <summary>The last number of the addresses of <c>shop/twin</c>.</summary>
    private const string ShopService = "11";

    private static readonly string[] Questions = ["twin.shop.svc.cluster.local.", "twin.bank.shop.svc.cluster.local."];

    /// <summary>What a client gets that nobody knows: its name is there or not.</summary>
    private static readonly string[] PlainAnswers = ["NXDOMAIN", ShopService];

    private static readonly Gen<Change[]> Changes = Gen.Enum<Change>().Array[0, 4];

    private enum Change
    {
        ServiceInShop,
        NoServiceInShop,
        ServiceInBank,
        NoServiceInBank,
        PodEnds,
        PodIsBack,
        AddressIsShared,
        AddressIsSharedNoLonger,
        ASecond,
    }

    /// <summary>The second query is answered from beginning to end while the first one is under way.</summary>
    [Test]
    public void Types_AskedAtTheSameTime_AreAnsweredFromOneElement() =>
        Gen.Select(Changes, Changes, Gen.Bool, Gen.Bool, Gen.Int[0, 1], Gen.Int[1, 2]).Sample(
            (before, during, isSlow, isReversed, which, moment) =>
            {
                var scene = Scene(isSlow);
                Apply(scene, before);
                Apply(scene, Change.PodIsBack);
                Apply(scene, Change.AddressIsSharedNoLonger);
                string[] types = isReversed ? ["AAAA", "A"] : ["A", "AAAA"];
                string? second = null;
                var asked = 0;
                scene.Upstream.OnAsk = _ =>
                {
                    if (++asked == moment)
                    {
                        Apply(scene, during);
                        second = Element(scene.Ask($"{Questions[which]} {types[1]}"));
                    }
                };
                var first = Element(scene.Ask($"{Questions[which]} {types[0]}"));
                second ??= Element(scene.Ask($"{Questions[which]} {types[1]}"));
                string[] answers = [.. new[] { first, second }.Where(answer => answer != "NODATA").Distinct()];
                Assert.That(answers, Has.Length.LessThan(2), $"{first}, {second}");
            },
            iter: 5000);

    [Test]
    public void Types_OfOneLookup_AreAnsweredFromOneElement() =>
        Gen.Select(Changes, Changes, Changes, Gen.Bool, Gen.Bool, Gen.Int[0, 1]).Sample(
            (before, between, during, isSlow, isReversed, which) =>
            {
                var scene = Scene(isSlow);
                var question = Questions[which];
                Apply(scene, before);
                string[] types = isReversed ? ["AAAA", "A"] : ["A", "AAAA"];
                var left = during;
                scene.Upstream.OnAsk = _ =>
                {
                    Apply(scene, left);
                    left = [];
                };
                var isKnown = scene.Cluster.Zone.TryFindClient(Address("10.244.0.5"), out _);
                var first = Element(scene.Ask($"{question} {types[0]}"));
                Apply(scene, between);
                var second = Element(scene.Ask($"{question} {types[1]}"));
                if (isKnown)
                {
                    Assert.That(first, Is.Not.AnyOf("NXDOMAIN", "NODATA"), "each element has both families");
                    Assert.That(second, Is.AnyOf(first, "NODATA"));
                }
                else
                {
                    Assert.That(new[] { first, second }, Is.All.AnyOf(PlainAnswers), "only the name that was asked");
                }
            },
            iter: 5000);

    private static SearchScene Scene(bool isSlow)
    {
        var scene = new SearchScene(nodeSearch: "corp.test");
        scene.Upstream.IsSlow = isSlow;
        foreach (var name in new[] { "twin.", "twin.bank." })
        {
            scene.Upstream.Names[name] = [$"{name} 60 A 198.51.100.77", $"{name} 60 AAAA 2001:db8::77"];
        }

        return scene;
    }

    /// <summary>Whose address an answer ends with: the number behind the last dot or colon.</summary>
    private static string Element(string answer) =>
        answer.StartsWith('N') ? answer : answer[(answer.LastIndexOfAny(['.', ':']) + 1)..];

    private static void Apply(SearchScene scene, Change[] changes)
    {
        foreach (var change in changes)
        {
            Apply(scene, change);
        }
    }

    private static void Apply(SearchScene scene, Change change)
    {
        switch (change)
        {
            case Change.ServiceInShop:
                scene.Cluster.Apply(Service("shop/twin", "10.96.0.11 fd00::11"));
                break;
            case Change.NoServiceInShop:
                scene.Cluster.Apply(Remove(ResourceKind.Service, "shop/twin"));
                break;
            case Change.ServiceInBank:
                scene.Cluster.Apply(Service("bank/twin", "10.96.0.12 fd00::12"));
                break;
            case Change.NoServiceInBank:
                scene.Cluster.Apply(Remove(ResourceKind.Service, "bank/twin"));
                break;
            case Change.PodEnds:
                scene.RemovePod("shop/client-0");

                // Were the next pod left alone with the address, it would be the client, and its names others.
                scene.RemovePod("bank/next-0");
                break;
            case Change.PodIsBack:
                scene.AddPod("shop/client-0", "10.244.0.5");
                break;
            case Change.AddressIsShared:
                scene.AddPod("shop/client-0", "10.244.0.5");
                scene.AddPod("bank/next-0", "10.244.0.5");
                break;
            case Change.AddressIsSharedNoLonger:
                scene.RemovePod("bank/next-0");
                break;
            case Change.ASecond:
                // Twelve changes at most, of which eight come behind the first query's beginning.
                scene.Clock.Advance(TimeSpan.FromSeconds(0.6));
                break;
        }
    }
}
