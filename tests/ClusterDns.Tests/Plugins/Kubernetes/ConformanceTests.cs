using System.Net;
using ClusterDns.Kubernetes;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Asks every question of the conformance set of the plugin in process, from packet to packet.</summary>
[TestFixture]
internal sealed class ConformanceTests
{
    private const int Cases = 4024;

    private static readonly IReadOnlyList<ConformanceCase> Set = ConformanceSet.Load();

    [Test]
    public void Set_Loaded_HasEveryCase() => Assert.That(Set, Has.Count.EqualTo(Cases));

    [TestCase("verified", 2240)]
    [TestCase("insecure", 885)]
    [TestCase("podnames", 899)]
    public void EveryCase_AskedInProcess_IsAnsweredLikeCoreDns(string profile, int count)
    {
        var chain = BuildChain(profile);
        var cases = Set.Where(asked => asked.Profile == profile).ToArray();
        var differences = cases.SelectMany(asked => Ask(chain, asked)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cases, Has.Length.EqualTo(count));
            Assert.That(differences, Is.Empty);
        }
    }

    private static IEnumerable<string> Ask(PluginChain chain, ConformanceCase asked)
    {
        var packet = asked.WriteQuery(id: (ushort)asked.Line);
        var reply = Serve(chain, packet, asked.Transport);
        return ConformanceComparer.Compare(asked, packet, reply, () => Serve(chain, packet, TransportProtocol.Tcp))
            .Select(difference => $"{asked}: {difference}");
    }

    private static byte[] Serve(PluginChain chain, byte[] packet, TransportProtocol transport)
    {
        using var query = new Query();
        var path = new RecordingReplyPath(transport, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));
        Assert.That(query.Read(packet, path), Is.EqualTo(QueryVerdict.Accepted));
        query.Router = new OneChain(chain);
        var result = chain.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        Assert.That(result.Outcome, Is.EqualTo(ServeOutcome.Answered));
        path.Send(query.Reply.Finish(path.GetBuffer(query.ReplyLimit), query.ReplyLimit));
        return path.Sent!;
    }

    private static PluginChain BuildChain(string profile)
    {
        var options = OptionsOf(profile);
        var zone = ConformanceCluster.Load(options.Source.KeepPodNames);
        // All profiles were recorded with `bind`, which hides the server's own addresses.
        var plugin = new KubernetesPlugin(options, zone, new ServerLookup(new QueryPool()), []);
        return PluginChain.Build([plugin, new ConformanceUpstream()]);
    }

    private static KubernetesOptions OptionsOf(string profile)
    {
        var options = new KubernetesOptions
        {
            Zones = new ZoneList([DnsName.Parse("cluster.local"), DnsName.Parse("in-addr.arpa"), DnsName.Parse("ip6.arpa")]),
            PrimaryZone = DnsName.Parse("cluster.local"),
            Fallthrough = new ZoneList([DnsName.Parse("in-addr.arpa"), DnsName.Parse("ip6.arpa")]),
            Source = new ClusterSourceOptions { KeepPodNames = profile == "podnames" },
        };
        return profile switch
        {
            "verified" => options with { Pods = PodMode.Verified, TimeToLive = 30 },
            "insecure" => options with { Pods = PodMode.Insecure },
            _ => options with { Namespaces = new NamespaceFilter(["shop", "default"]), IgnoreEmptyServices = true },
        };
    }

}
