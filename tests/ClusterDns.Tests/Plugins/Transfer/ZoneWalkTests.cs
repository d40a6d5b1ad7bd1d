using ClusterDns.Kubernetes.Objects;
using ClusterDns.Serving.Streaming;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>What stands in a zone's contents, record by record.</summary>
[TestFixture]
internal sealed class ZoneWalkTests
{
    [Test]
    public void Apex_ServerInTheCluster_IsNamedByItsServiceWithAddressesOfNoLifetime()
    {
        var cluster = new KubernetesUnderTest(
            "cluster.local",
            [
                Namespace("kube-system"),
                Service("kube-system/kube-dns", "10.96.0.10 fd00::10", "dns/udp/53 dns-tcp/tcp/53"),
                Slice("kube-system/kube-dns-1", "kube-dns", Group("10.244.0.5", "dns/udp/53")),
            ],
            local: "10.244.0.5");

        Assert.That(Walk(cluster), Is.EqualTo(
            """
            cluster.local. 5 NS kube-dns.kube-system.svc.cluster.local.
            kube-dns.kube-system.svc.cluster.local. 0 A 10.96.0.10
            kube-dns.kube-system.svc.cluster.local. 0 AAAA fd00::10
            kube-dns.kube-system.svc.cluster.local. 5 A 10.96.0.10
            kube-dns.kube-system.svc.cluster.local. 5 AAAA fd00::10
            kube-dns.kube-system.svc.cluster.local. 5 SRV 0 100 53 kube-dns.kube-system.svc.cluster.local.
            _dns._udp.kube-dns.kube-system.svc.cluster.local. 5 SRV 0 100 53 kube-dns.kube-system.svc.cluster.local.
            _dns-tcp._tcp.kube-dns.kube-system.svc.cluster.local. 5 SRV 0 100 53 kube-dns.kube-system.svc.cluster.local.
            """));
    }

    [Test]
    public void Apex_ServerOutsideTheCluster_IsItself()
    {
        var cluster = new KubernetesUnderTest("cluster.local", [], local: "192.0.2.9 2001:db8::9");

        Assert.That(Walk(cluster), Is.EqualTo(
            """
            cluster.local. 5 NS ns.dns.cluster.local.
            ns.dns.cluster.local. 0 A 192.0.2.9
            ns.dns.cluster.local. 0 AAAA 2001:db8::9
            """));
    }

    [TestCase("cluster.local {\n namespaces shop\n}", "web.shop")]
    [TestCase("cluster.local", "web.bank web.shop", Description = "and none of a namespace that does not exist")]
    public void Namespaces_WithoutNames_AreLeftOut(string directive, string services)
    {
        var cluster = new KubernetesUnderTest(
            directive,
            [
                Namespace("shop"), Namespace("bank"), Service("shop/web", "10.96.0.1", ""), Service("bank/web", "10.96.0.2", ""),
                Service("gone/web", "10.96.0.3", ""),
            ]);

        Assert.That(
            Walk(cluster).Split('\n').Select(record => record.Split(".svc")[0]),
            Is.EqualTo(services.Split(' ')));
    }

    [Test]
    public void Addresses_InTwoSlices_StandAtTheServiceOnce()
    {
        var cluster = new KubernetesUnderTest(
            "cluster.local",
            [
                Namespace("shop"), Service("shop/db", ""),
                Slice("shop/db-1", "db", Group("10.0.0.1 10.0.0.2")), Slice("shop/db-2", "db", Group("10.0.0.2 10.0.0.3")),
            ]);

        Assert.That(
            Walk(cluster).Split('\n').Count(record => record == "db.shop.svc.cluster.local. 5 A 10.0.0.2"), Is.EqualTo(1));
    }

    [Test]
    public void Name_ThatNoZoneHolds_IsPassedOver()
    {
        // With 244 octets there is room for hostmaster and a.shop.svc, and for nothing longer.
        var zone = string.Join('.', Enumerable.Repeat(new string('z', 60), 3).Append(new string('z', 59)));
        var cluster = new KubernetesUnderTest(zone, [Namespace("shop"), Service("shop/web", "10.96.0.1"), Service("shop/a", "10.96.0.2", "")]);

        Assert.That(Walk(cluster, zone), Is.EqualTo($"a.shop.svc.{zone}. 5 A 10.96.0.2"));
    }

    [Test]
    public void Zone_ThatChangesMeanwhile_IsWalkedAsItWas()
    {
        var cluster = new KubernetesUnderTest(
            "cluster.local",
            [
                Namespace("shop"), Service("shop/a", "10.96.0.1", ""), Service("shop/b", "10.96.0.2", ""),
                Service("shop/c", ""), Slice("shop/c-1", "c", Group("10.0.0.1 10.0.0.2", "")),
            ]);
        using var query = cluster.Read("cluster.local. AXFR", out _);
        Assert.That(cluster.Plugin.TryOpen(query, out var contents), Is.True);
        var serial = contents!.Serial;
        Assert.That(contents.MoveNext(), Is.True);

        cluster.Cluster.Time.Advance(TimeSpan.FromSeconds(5));
        cluster.Cluster.Apply(
            Remove(ResourceKind.Service, "shop/b"), Service("shop/aa", "10.96.0.9", ""), Slice("shop/c-1", "c", Group("10.0.0.9", "")));

        var rest = Continue(contents);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rest, Is.EqualTo(
                """
                a.shop.svc.cluster.local. 5 A 10.96.0.1
                b.shop.svc.cluster.local. 5 A 10.96.0.2
                c.shop.svc.cluster.local. 5 A 10.0.0.1
                10-0-0-1.c.shop.svc.cluster.local. 5 A 10.0.0.1
                c.shop.svc.cluster.local. 5 A 10.0.0.2
                10-0-0-2.c.shop.svc.cluster.local. 5 A 10.0.0.2
                """));
            Assert.That(contents.Serial, Is.EqualTo(serial), "both SOAs of the transfer are alike");
            Assert.That(cluster.Cluster.Zone.Serial, Is.GreaterThan(serial), "and the client learns that there is more");
        }
    }

    [Test]
    public void Cluster_ThatIsNotRead_HasNoContentsYet()
    {
        var cluster = new KubernetesUnderTest("cluster.local", [], awaited: ResourceKind.Service);
        using var query = cluster.Read("cluster.local. AXFR", out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Plugin.TryOpen(query, out var contents), Is.True);
            Assert.That(contents, Is.Null);
        }
    }

    /// <summary>Nothing is handed over that the server would not answer itself, the weight of SRV records and TTL 0 apart.</summary>
    [Test]
    public async Task ConformanceCluster_HandedOver_IsWhatItIsAnsweredWith()
    {
        await using var server = await PacketServer.StartAsync(
            ".:0 {\n bind 127.0.0.1\n transfer {\n to *\n }\n kubernetes cluster.local\n}", new ConformanceSource());
        var query = QueryFactory.Packet("cluster.local.", RecordType.AXFR);
        var path = new PartsPath();
        server.Handle(query, path);
        await path.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        var records = path.Messages.SelectMany(message => Decode(query, message)).ToList();

        Assert.That(records, Has.Count.GreaterThan(100));
        var unanswered = records.Skip(1).SkipLast(1).Where(record => !IsAnswered(server, record)).ToList();
        Assert.That(unanswered, Is.Empty);
    }

    private static bool IsAnswered(PacketServer server, string record)
    {
        var words = record.Split(' ');
        var query = QueryFactory.Packet(words[0], Enum.Parse<RecordType>(words[2]));
        var path = new PartsPath();
        server.Handle(query, path);
        var pattern = words[2] == "SRV" ? [.. words[..4], "*", .. words[5..]] : words;
        return Decode(query, path.Messages[0])
            .Select(answer => answer.Split(' '))
            .Any(answer => answer.Length == pattern.Length && answer.Zip(pattern).All(pair => pair.Second == "*" || pair.First == pair.Second));
    }

    private static IReadOnlyList<string> Decode(byte[] query, byte[] message) => ReplyDecoder.Decode(query, message).Answer;

    private static string Walk(KubernetesUnderTest cluster, string zone = "cluster.local")
    {
        using var query = cluster.Read($"{zone}. AXFR", out _);
        Assert.That(cluster.Plugin.TryOpen(query, out var contents), Is.True);
        return contents!.MoveNext() ? Continue(contents) : "";
    }

    private static string Continue(IZoneContents contents)
    {
        using var query = QueryFactory.Ask("cluster.local.", RecordType.AXFR);
        do
        {
            contents.TryAdd(query.Reply);
        }
        while (contents.MoveNext());
        var reader = query.Reply.ReadRecords();
        List<string> records = [];
        while (reader.TryRead(out var record))
        {
            records.Add(RecordText.Format(query.Reply.Message, record));
        }

        return string.Join('\n', records);
    }
}
