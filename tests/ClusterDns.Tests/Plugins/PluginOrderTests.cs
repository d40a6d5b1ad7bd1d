using ClusterDns.Corefile;
using ClusterDns.Plugins;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins;

/// <summary>What becomes of a directive that CoreDNS has and this server has not.</summary>
[TestFixture]
internal sealed class PluginOrderTests
{
    private static readonly string[] Ours = ["status", "top", "shortnames", "aaaa"];

    private static readonly Dictionary<string, string> Alternatives = new()
    {
        ["geoip"] = "nothing takes its place",
        ["proxyproto"] = "externalTrafficPolicy: Local",
        ["quic"] = "dns:// listener",
        ["grpc_server"] = "dns:// listener",
        ["https"] = "dns:// listener",
        ["https3"] = "dns:// listener",
        ["tls"] = "dns:// listener",
        ["shed"] = "remove the line",
        ["dnstap"] = "use 'log'",
        ["tsig"] = "use 'acl'",
        ["dnssec"] = "primary server",
        ["sign"] = "primary server",
        ["route53"] = "use 'forward'",
        ["azure"] = "use 'forward'",
        ["clouddns"] = "use 'forward'",
        ["auto"] = "use 'forward'",
        ["secondary"] = "use 'forward'",
        ["etcd"] = "use 'forward'",
        ["grpc"] = "use 'forward'",
        ["nomad"] = "use 'forward'",
        ["erratic"] = "use 'template'",
        ["on"] = "run the command outside",
    };

    private static IEnumerable<string> AlternativeNames => Alternatives.Keys;

    [TestCaseSource(nameof(AlternativeNames))]
    public async Task Directive_NotToCome_IsRefusedWithAnAlternative(string name) =>
        Assert.That(
            await ErrorOfAsync(name),
            Does.StartWith($"stdin:2 - Error during parsing: directive '{name}' is not supported by ClusterDns: ")
                .And.Contain(Alternatives[name]));

    [Test]
    public void Names_WithoutOurs_AreCoreDnssWholeList() =>
        Assert.That(
            string.Join(' ', PluginOrder.Names.Except(Ours)),
            Is.EqualTo(
                "root metadata geoip cancel proxyproto quic grpc_server https https3 timeouts multisocket reload nsid bufsize "
                + "bind debug trace ready health pprof shed prometheus errors log dnstap local dns64 any chaos loadbalance tsig "
                + "rewrite autopath acl cache header dnssec tls minimal template transfer hosts route53 azure clouddns "
                + "k8s_external kubernetes file auto secondary etcd loop forward grpc erratic whoami on sign view nomad"));

    [Test]
    public void Names_ThatNobodyServes_AreThoseWithAnAlternative() =>
        Assert.That(
            PluginOrder.Names.Except(PluginOrder.Descriptors.Select(descriptor => descriptor.Name)),
            Is.EquivalentTo(Alternatives.Keys));

    [TestCase("kubernets", "Unknown directive 'kubernets', did you mean 'kubernetes'?")]
    [TestCase("route54", "Unknown directive 'route54', did you mean 'route53'?")]
    [TestCase("ocp_dnsnameresolver", "Unknown directive 'ocp_dnsnameresolver'")]
    public async Task Directive_NobodyKnows_IsRefusedWithTheNearestName(string name, string text) =>
        Assert.That(await ErrorOfAsync(name), Is.EqualTo($"stdin:2 - Error during parsing: {text}"));

    private static async Task<string> ErrorOfAsync(string directive)
    {
        try
        {
            await using var server = await RunningServer.StartAsync($".:0 {{\n    {directive} x\n}}");
            return "started";
        }
        catch (CorefileException mistake)
        {
            return mistake.Message;
        }
    }
}
