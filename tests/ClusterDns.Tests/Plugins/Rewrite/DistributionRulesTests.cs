using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>The rewrite lines of distributions' Corefiles, and what they are there for.</summary>
[TestFixture]
internal sealed class DistributionRulesTests
{
    private const string Gardener = """
        rewrite stop {
          name regex (^(?:[^\.]+\.)+)svc\.cluster\.local\.svc\.cluster\.local {1}svc.cluster.local
          answer name (^(?:[^\.]+\.)+)svc\.cluster\.local {1}svc.cluster.local.svc.cluster.local
          answer value (^(?:[^\.]+\.)+)svc\.cluster\.local {1}svc.cluster.local.svc.cluster.local
        }
        rewrite stop {
          name regex (.*)\.gardener\.cloud\.svc\.cluster\.local {1}.gardener.cloud
          answer name (.*)\.gardener\.cloud {1}.gardener.cloud.svc.cluster.local
          answer value (.*)\.gardener\.cloud {1}.gardener.cloud.svc.cluster.local
        }
        """;

    private const string Kubespray = """
        rewrite stop {
          name regex (.*)\.my\.domain {1}.svc.cluster.local
          answer name (.*)\.svc\.cluster\.local {1}.my.domain
        }
        rewrite name suffix old.cluster.local cluster.local answer auto
        """;

    private const string KubesprayExternal = "rewrite name suffix legacy.example.com. internal.example.com. answer auto";
    private const string Hairpin = "rewrite name foo.example.com foo.default.svc.cluster.local";

    private const string CustomDomain = """
        rewrite stop {
           name regex (.*)\.my\.domain {1}.default.svc.cluster.local
           answer name (.*)\.default\.svc\.cluster\.local {1}.my.domain
        }
        """;

    private const string AzureCustom = """
        rewrite stop {
          name regex (.*)\.example\.com {1}.default.svc.cluster.local
          answer name (.*)\.default\.svc\.cluster\.local {1}.example.com
        }
        """;

    [TestCase(Gardener, "web.shop.svc.cluster.local.svc.cluster.local.", "web.shop.svc.cluster.local.", Description = "a search path too many")]
    [TestCase(Gardener, "api.seed.gardener.cloud.svc.cluster.local.", "api.seed.gardener.cloud.")]
    [TestCase(Kubespray, "web.shop.my.domain.", "web.shop.svc.cluster.local.")]
    [TestCase(Kubespray, "web.shop.svc.old.cluster.local.", "web.shop.svc.cluster.local.")]
    [TestCase(KubesprayExternal, "host.legacy.example.com.", "host.internal.example.com.")]
    [TestCase(Hairpin, "foo.example.com.", "foo.default.svc.cluster.local.")]
    [TestCase(CustomDomain, "web.my.domain.", "web.default.svc.cluster.local.")]
    [TestCase(AzureCustom, "web.example.com.", "web.default.svc.cluster.local.")]
    public async Task Rule_OfACorefile_AsksTheOtherNameAndAnswersWithTheClients(string rules, string name, string asked)
    {
        await using var scene = new RewriteScene(rules, $"{asked} 30 A 10.0.0.1");

        var reply = scene.Ask(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Asked, Is.EqualTo(new[] { $"{asked} A IN" }));
            Assert.That(reply, Is.EqualTo(new[] { $"{name} 30 A 10.0.0.1" }));
        }
    }

    [TestCase(Gardener, "web.shop.svc.cluster.local.")]
    [TestCase(Gardener, "api.seed.gardener.cloud.")]
    [TestCase(Kubespray, "web.shop.svc.cluster.local.")]
    [TestCase(KubesprayExternal, "host.internal.example.com.")]
    [TestCase(Hairpin, "www.foo.example.com.")]
    [TestCase(CustomDomain, "my.domain.")]
    [TestCase(AzureCustom, "example.com.")]
    public async Task Rule_OfACorefile_LeavesOtherNamesAlone(string rules, string name)
    {
        await using var scene = new RewriteScene(rules, $"{name} 30 A 10.0.0.1");

        var reply = scene.Ask(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scene.Asked, Is.EqualTo(new[] { $"{name} A IN" }));
            Assert.That(reply, Is.EqualTo(new[] { $"{name} 30 A 10.0.0.1" }));
        }
    }

    [Test]
    public async Task Gardener_TargetsOfRecords_GoBackToo()
    {
        await using var scene = new RewriteScene(Gardener, "web.shop.svc.cluster.local. 30 SRV 0 100 80 pod.web.shop.svc.cluster.local.");
        Assert.That(
            scene.Ask("web.shop.svc.cluster.local.svc.cluster.local.", RecordType.SRV),
            Is.EqualTo(new[]
            {
                "web.shop.svc.cluster.local.svc.cluster.local. 30 SRV 0 100 80 pod.web.shop.svc.cluster.local.svc.cluster.local.",
            }));
    }
}
