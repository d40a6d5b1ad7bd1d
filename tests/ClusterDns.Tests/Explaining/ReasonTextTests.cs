using ClusterDns.Explaining;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Plugins.Acl;
using ClusterDns.Plugins.Cancel;
using ClusterDns.Plugins.Chaos;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Tests.Plugins;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>Traces that a server gives only on some machines, or only after a long wait.</summary>
[TestFixture]
internal sealed class ReasonTextTests
{
    [Test]
    public void Aaaa_WithoutIPv6InTheCluster_SaysWhatIsMissing() => Assert.That(
        Explain("aaaa", RecordType.AAAA, new AaaaStep(AaaaMode.Auto)).Text,
        Is.EqualTo("nobody was asked for an IPv6 address, because with `aaaa auto` the server or something of the cluster has to have one"));

    [Test]
    public void Chaos_InItsClass_TellsOfTheServer() => Assert.That(
        Explain("chaos", RecordType.TXT, new ChaosStep("version.bind.", IsAnswered: true)),
        Is.EqualTo(new Reason("chaos tells of the server itself")));

    [Test]
    public void Cancel_AfterUpstreamsWereAsked_SaysWhatTheyDid()
    {
        var reason = ReasonText.Explain(
            new TraceReading(
            [
                new BlockStep("dns://:53", DnsName.Root),
                new UpstreamStep("10.0.0.2:53", TransportProtocol.Udp, UpstreamOutcome.TimedOut, null, TimeSpan.FromSeconds(2)),
                new CancelStep(TimeSpan.FromSeconds(3)),
                new PluginStep("cancel", ServeOutcome.Failed, ResponseCode.ServerFailure),
                new UpstreamStep("10.0.0.3:53", TransportProtocol.Udp, UpstreamOutcome.TimedOut, null, TimeSpan.FromSeconds(2)),
                new ReplyStep(ServeOutcome.Failed, ResponseCode.ServerFailure, "", "no answer within 3s"),
            ]),
            RecordType.A);

        Assert.That(reason.Text, Is.EqualTo("cancel gave up after 3 s, before there was a reply; until then 10.0.0.2:53: 1 timeout"));
    }

    [TestCase("loadbalance", 2, "")]
    [TestCase("loadbalance weighted /w", 2, "; loadbalance draws the first address by the weights of /w")]
    [TestCase("loadbalance weighted /w", 1, "")]
    [TestCase("loadbalance {\n prefer 10.0.0.0/8\n }", 2, "; loadbalance puts addresses of the `prefer` networks first")]
    [TestCase(
        "loadbalance weighted /w {\n prefer 10.0.0.0/8\n }",
        2,
        "; loadbalance puts addresses of the `prefer` networks first, then one drawn by the weights of /w")]
    public void LoadBalance_OfAPolicy_IsToldWhereItDecidesForClients(string line, int answers, string expected)
    {
        var options = LoadBalanceDirective.Parse(PluginFixture.ParseOne(line));

        Assert.That(Explain("whoami", RecordType.A, new LoadBalanceStep(options, answers)).Text, Is.EqualTo($"whoami decided{expected}"));
    }

    [TestCase(AclAction.Allow, false)]
    [TestCase(AclAction.Block, true)]
    public void Acl_OfAClientWhoseAddressIsMadeUp_IsForThatClientWhereItStopsIt(AclAction action, bool expected) => Assert.That(
        Remarks.IsForClient(new TraceReading([new BlockStep("dns://:53", DnsName.Root), new AclStep(action, ".")])),
        Is.EqualTo(expected));

    private static Reason Explain(string plugin, RecordType type, TraceStep step) => ReasonText.Explain(
        new TraceReading(
        [
            new BlockStep("dns://:53", DnsName.Root),
            step,
            new PluginStep(plugin, ServeOutcome.Answered, ResponseCode.NoError),
            new ReplyStep(ServeOutcome.Answered, ResponseCode.NoError, plugin, null),
        ]),
        type);
}
