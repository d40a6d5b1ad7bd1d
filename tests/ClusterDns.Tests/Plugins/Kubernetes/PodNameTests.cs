using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Names of pods in the three modes.</summary>
internal sealed class PodNameTests
{
    private const string Demo = ".demo.pod.cluster.local.";

    [TestCase("10-244-1-1" + Demo + " A", "NXDOMAIN")]
    [TestCase("demo.pod.cluster.local. A", "NXDOMAIN")]
    [TestCase("pod.cluster.local. A", "NODATA")]
    [TestCase("10-244-1-1" + Demo + " SOA", "NODATA")]
    public void Disabled_Asked_HasNoPods(string question, string expected) =>
        Assert.That(With("disabled").Ask(question), Is.EqualTo(expected));

    [TestCase("1-2-3-4" + Demo + " A", "1-2-3-4" + Demo + " 5 A 1.2.3.4")]
    [TestCase("1-2-3-4" + Demo + " AAAA", "NODATA")]
    [TestCase("1-2-3-4" + Demo + " MX", "NODATA")]
    [TestCase("2001-db8--1" + Demo + " AAAA", "2001-db8--1" + Demo + " 5 AAAA 2001:db8::1")]
    [TestCase("2001-DB8-0-0-0-0-0-1" + Demo + " AAAA", "2001-DB8-0-0-0-0-0-1" + Demo + " 5 AAAA 2001:db8::1")]
    [TestCase("2001-db8--1" + Demo + " A", "NODATA")]
    [TestCase("1-2-3-256" + Demo + " A", "NXDOMAIN")]
    [TestCase("01-2-3-4" + Demo + " A", "NXDOMAIN")]
    [TestCase("1-2-3" + Demo + " A", "NXDOMAIN")]
    [TestCase("web" + Demo + " A", "NXDOMAIN")]
    [TestCase("2001-db8--1--" + Demo + " AAAA", "NXDOMAIN")]
    [TestCase("1-2-3-4.none.pod.cluster.local. A", "NXDOMAIN")]
    [TestCase("demo.pod.cluster.local. A", "NODATA")]
    [TestCase("x.1-2-3-4" + Demo + " A", "x.1-2-3-4" + Demo + " 5 A 1.2.3.4", TestName = "Labels in front change nothing")]
    public void Insecure_Asked_AnswersWhatTheNameSpells(string question, string expected) =>
        Assert.That(With("insecure").Ask(question), Is.EqualTo(expected));

    [TestCase("10-244-1-1" + Demo + " A", "10-244-1-1" + Demo + " 5 A 10.244.1.1")]
    [TestCase("10-244-1-1.other.pod.cluster.local. A", "NXDOMAIN")]
    [TestCase("1-2-3-4" + Demo + " A", "NXDOMAIN")]
    [TestCase("fd00-244--" + Demo + " AAAA", "fd00-244--" + Demo + " 5 AAAA fd00:244::")]
    [TestCase("fd00-244--0" + Demo + " AAAA", "NXDOMAIN", TestName = "Only as the API spells it")]
    [TestCase("fd00-244-0-0-0-0-0-0" + Demo + " AAAA", "NXDOMAIN", TestName = "Not in full either")]
    [TestCase("10-244-1-1" + Demo + " TXT", "NODATA")]
    public void Verified_Asked_AnswersForPodsThatExist(string question, string expected) =>
        Assert.That(With("verified").Ask(question), Is.EqualTo(expected));

    private static KubernetesUnderTest With(string mode) => new(
        $"cluster.local {{ \n pods {mode} \n }}",
        [Namespace("demo"), Namespace("other"), Pod("demo/a", "10.244.1.1"), Pod("demo/b", "fd00:244::"), Pod("demo/c", "10.244.1.1")]);
}
