using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Checking;

/// <summary>A check says nothing about the Corefiles that distributions ship; about users' ones only what they deserve.</summary>
[TestFixture]
internal sealed class RightCorefileTests
{
    private const string NoHealth = "no block has 'health'";
    private const string NoReady = "no block has 'ready'";
    private const string Unsupported = "is not supported by this version of ClusterDns yet";
    private const string Unknown = "Unknown directive";

    private static readonly Dictionary<string, string[]> Deserved = new()
    {
        ["custom/acl-transfer.Corefile"] = [NoHealth, NoReady],
        ["custom/dns64.Corefile"] = [NoHealth, NoReady],
        ["custom/forward-other-zone-aks.server"] = ["forward is never asked for foo.com.: this block serves contoso.com."],
        ["custom/k8s-external.Corefile"] = [NoHealth, NoReady],
        ["custom/metadata-log.Corefile"] = [NoHealth, NoReady],
        ["custom/multicluster.Corefile"] = [Unsupported, NoHealth, NoReady],
        ["custom/rewrite-hairpin.Corefile"] = [NoReady],
        ["custom/rewrite-issue2347.Corefile"] = [NoReady],
        ["custom/route53-eks.Corefile"] = ["directive 'route53' is not supported by ClusterDns", NoReady],
        ["custom/stub-domain.Corefile"] = [NoReady],
        ["custom/template-block.Corefile"] = [NoHealth, NoReady],
        ["custom/wildcard-template-kubernetes.Corefile"] = ["zone is not a valid domain name: .svc"],
        // Its second 'fallthrough' takes the place of the first, which had the reverse zones.
        ["kubespray-full.Corefile"] =
            ["NXDOMAIN for every address under in-addr.arpa.", "NXDOMAIN for every address under ip6.arpa."],
        ["openshift-dnsnameresolver.Corefile"] = [Unknown, Unknown, Unknown],
    };

    // What the programs around a node's cache write into its Corefile before it starts.
    private static readonly (string, string)[] Placeholders =
    [
        ("__PILLAR__DNS__DOMAIN__", "cluster.local"),
        ("__PILLAR__LOCAL__DNS__", "169.254.20.10"),
        ("__PILLAR__DNS__SERVER__", "10.96.0.10"),
        ("__PILLAR__CLUSTER__DNS__", "10.96.111.111"),
    ];

    private string _resolvConf = "";

    [OneTimeSetUp]
    public void WriteResolvConf()
    {
        _resolvConf = Path.GetTempFileName();
        File.WriteAllText(_resolvConf, "nameserver 192.0.2.53\n");
    }

    [OneTimeTearDown]
    public void DeleteResolvConf() => File.Delete(_resolvConf);

    [TestCaseSource(typeof(SampleCorefileTests), nameof(SampleCorefileTests.Samples))]
    public async Task Check_SampleCorefile_SaysOnlyWhatItDeserves(string sample)
    {
        var text = Placeholders
            .Append(("/etc/resolv.conf", _resolvConf))
            .Append(("__PILLAR__UPSTREAM__SERVERS__", _resolvConf))
            .Aggregate(SampleCorefileTests.ReadText(sample), (text, pair) => text.Replace(pair.Item1, pair.Item2));
        var files = new MemoryFiles().With("Corefile", text);
        var run = await CommandRun.RunAsync(
            context => context with { Files = files, Environment = name => name == "PORT" ? "9153" : null }, "check", "-conf", "Corefile");

        var found = run.OutputLines.Where(line => line.Contains("error: ") || line.Contains("warning: ")).ToList();
        var expected = Deserved.GetValueOrDefault(sample, []);
        Assert.That(found, Has.Count.EqualTo(expected.Length), run.Output);
        foreach (var (line, part) in found.Zip(expected))
        {
            Assert.That(line, Does.Contain(part));
        }
    }
}
