using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.K8sExternal;

[TestFixture]
internal sealed class K8sExternalDirectiveTests
{
    [Test]
    public void Parse_NameAlone_HasTheDefaults()
    {
        var options = Parse("k8s_external");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Zones, Is.EqualTo([DnsName.Parse("block.test")]));
            Assert.That(options.Apex.ToString(), Is.EqualTo("dns."));
            Assert.That(options.TimeToLive, Is.EqualTo(5));
            Assert.That(options.HasHeadless, Is.False);
            Assert.That(options.Fallthrough, Is.Empty);
        }
    }

    [Test]
    public void Parse_EveryOption_IsTaken()
    {
        var options = Parse("k8s_external in-addr.arpa a.test b.test {\n apex infra\n ttl 0\n headless\n fallthrough in-addr.arpa\n }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Zones.Count(), Is.EqualTo(3));
            Assert.That(options.PrimaryZone.ToString(), Is.EqualTo("a.test."));
            Assert.That(options.Apex.ToString(), Is.EqualTo("infra."));
            Assert.That(options.TimeToLive, Is.Zero);
            Assert.That(options.HasHeadless, Is.True);
            Assert.That(options.Fallthrough, Is.EqualTo([DnsName.Parse("in-addr.arpa")]));
        }
    }

    [TestCase("apex", "Wrong argument count or unexpected line ending after 'apex'")]
    [TestCase("apex ..", "apex is not a domain name: '..'")]
    [TestCase("apex .", "apex is not a domain name: '.'")]
    [TestCase("ttl", "Wrong argument count or unexpected line ending after 'ttl'")]
    [TestCase("ttl x", "strconv.Atoi: parsing \"x\": invalid syntax")]
    [TestCase("ttl -1", "ttl must be in range [0, 3600]: -1")]
    [TestCase("ttl 3601", "ttl must be in range [0, 3600]: 3601")]
    [TestCase("fallthrough ..", "zone is not a valid domain name: ..")]
    [TestCase("nonsense", "unknown property 'nonsense'")]
    [TestCase("headless {\n }", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_IsToldWithItsLine(string property, string message) =>
        Assert.That(
            PluginFixture.ErrorOf(K8sExternalDirective.Descriptor, $"k8s_external {{\n {property}\n }}"),
            Is.EqualTo($"Corefile:3 - Error during parsing: {message}"));

    [Test]
    public async Task SetUp_ZoneThatIsNone_IsAWarning()
    {
        await using var fixture = new PluginFixture(K8sExternalDirective.Descriptor, "k8s_external .x a.test");
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/k8s_external: Corefile:2 - zone is not a valid domain name: .x"]));
    }

    [Test]
    public async Task SetUp_SeveralLines_TheLastCounts()
    {
        await using var fixture = new PluginFixture(K8sExternalDirective.Descriptor, "k8s_external a.test\n k8s_external b.test");
        Assert.That(fixture.Block.LiveZones, Is.EqualTo([DnsName.Parse("b.test")]));
    }

    [Test]
    public async Task SetUp_ZonesThatFallThrough_AreNotLive()
    {
        await using var fixture = new PluginFixture(K8sExternalDirective.Descriptor, "k8s_external a.test b.test {\n fallthrough a.test\n }");
        Assert.That(fixture.Block.LiveZones, Is.EqualTo([DnsName.Parse("b.test")]));
    }

    [Test]
    public void Start_WithoutKubernetes_Fails() =>
        Assert.That(
            () => RunningServer.StartAsync(".:0 {\n k8s_external example.org\n }"),
            Throws.TypeOf<StartException>().With.Message.EqualTo("plugin/k8s_external: kubernetes plugin not loaded"));

    [Test]
    public async Task Start_BesideKubernetes_Serves()
    {
        await using var server = await RunningServer.StartAsync(
            ".:0 {\n kubernetes cluster.local\n k8s_external example.org\n }", RepositoryFiles.PathOf("deploy/example"));
        var reply = await server.AskUdpAsync(QueryFactory.Packet("example.org", RecordType.SOA));
        Assert.That(MessageHeader.AnswerCount(reply), Is.EqualTo(1));
    }

    private static K8sExternalOptions Parse(string lines) =>
        K8sExternalDirective.Parse(PluginFixture.ParseOne(lines), [DnsName.Parse("block.test")], NullLogger.Instance);
}
