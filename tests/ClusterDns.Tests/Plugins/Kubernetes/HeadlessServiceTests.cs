using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>Names of headless Services and of their endpoints.</summary>
internal sealed class HeadlessServiceTests
{
    private const string Db = "db.shop.svc.cluster.local.";
    private const string Double = "double.shop.svc.cluster.local.";

    private readonly KubernetesUnderTest _plugin = new(
        "cluster.local",
        [
            Namespace("shop"),
            Service("shop/db", "", "pg/tcp/5432"),
            Slice("shop/db-a", "db", Group("10.0.0.1=db-0 10.0.0.2=db-1", "pg/tcp/5432")),
            Slice("shop/db-b", "db", Group("10.0.0.2=db-1 10.0.0.3", "pg/tcp/5432")),
            Slice("shop/db-c", "db", Group("fd00:244::=db-0 fd00:245::", "pg/tcp/5432")),
            Service("shop/manual", "", ""),
            Slice("shop/manual-a", "manual", Group("192.168.0.200", "")),
            Service("shop/double", ""),
            Slice("shop/double-a", "double", Group("10.0.0.7 10.0.0.8 10.0.0.7", "pg/tcp/5432")),
            Slice("shop/double-b", "double", Group("fd00::7 fd00::7", "pg/tcp/5432")),
            Service("shop/idle", ""),
            Slice("shop/idle-a", "idle", Group("", notReady: 2)),
        ]);

    [TestCase(Db + " A", Db + " 5 A 10.0.0.1\n" + Db + " 5 A 10.0.0.2\n" + Db + " 5 A 10.0.0.3")]
    [TestCase(Db + " AAAA", Db + " 5 AAAA fd00:244::\n" + Db + " 5 AAAA fd00:245::")]
    [TestCase(Db + " TXT", "NODATA")]
    [TestCase("_pg._tcp." + Db + " AAAA", "_pg._tcp." + Db + " 5 AAAA fd00:244::\n_pg._tcp." + Db + " 5 AAAA fd00:245::")]
    [TestCase("_pg._udp." + Db + " A", "NXDOMAIN")]
    [TestCase("manual.shop.svc.cluster.local. A", "manual.shop.svc.cluster.local. 5 A 192.168.0.200")]
    [TestCase("manual.shop.svc.cluster.local. SRV", "NODATA")]
    [TestCase("double.shop.svc.cluster.local. A", Double + " 5 A 10.0.0.7\n" + Double + " 5 A 10.0.0.8", TestName = "Twice in one slice")]
    [TestCase("double.shop.svc.cluster.local. AAAA", Double + " 5 AAAA fd00::7", TestName = "Twice in one slice, IPv6")]
    [TestCase("_pg._tcp.manual.shop.svc.cluster.local. A", "NXDOMAIN")]
    public void HeadlessService_Asked_GivesReadyEndpointsOnce(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [TestCase("A")]
    [TestCase("AAAA")]
    [TestCase("SRV")]
    [TestCase("TXT")]
    [TestCase("HTTPS")]
    [TestCase("CNAME")]
    [TestCase("PTR")]
    public void HeadlessServiceWithoutReadyEndpoint_AskedForAnyType_DoesNotExist(string type) =>
        Assert.That(_plugin.Ask($"idle.shop.svc.cluster.local. {type}"), Is.EqualTo("NXDOMAIN"));

    [Test]
    public void HeadlessServiceWithoutReadyEndpoint_AskedForSoa_HasNoData() =>
        Assert.That(_plugin.Ask("idle.shop.svc.cluster.local. SOA"), Is.EqualTo("NODATA"));

    [TestCase("db-0." + Db + " A", "db-0." + Db + " 5 A 10.0.0.1")]
    [TestCase("DB-0." + Db + " AAAA", "DB-0." + Db + " 5 AAAA fd00:244::")]
    [TestCase("db-1." + Db + " A", "db-1." + Db + " 5 A 10.0.0.2", TestName = "In two slices")]
    [TestCase("db-1." + Db + " AAAA", "NODATA")]
    [TestCase("10-0-0-3." + Db + " A", "10-0-0-3." + Db + " 5 A 10.0.0.3")]
    [TestCase("fd00-245--0." + Db + " AAAA", "fd00-245--0." + Db + " 5 AAAA fd00:245::", TestName = "No label ends with a hyphen")]
    [TestCase("fd00-245--." + Db + " AAAA", "NXDOMAIN")]
    [TestCase("fd00-245-0-0-0-0-0-0." + Db + " AAAA", "NXDOMAIN", TestName = "Only the canonical spelling")]
    [TestCase("10-0-0-1." + Db + " A", "NXDOMAIN", TestName = "Has a hostname")]
    [TestCase("db-2." + Db + " A", "NXDOMAIN")]
    public void Endpoint_Asked_GivesItsAddresses(string question, string expected) =>
        Assert.That(_plugin.Ask(question), Is.EqualTo(expected));

    [Test]
    public void PodNames_Kept_NameEndpointsWithoutHostname()
    {
        var group = new PackedEndpoints.Builder(isIPv4: true);
        group.TryAdd(Address("10.0.0.1"), "host", "pod-a");
        group.TryAdd(Address("10.0.0.2"), null, "pod-b");
        var plugin = new KubernetesUnderTest(
            "cluster.local { \n endpoint_pod_names \n }",
            [Namespace("shop"), Service("shop/db", ""), Slice("shop/db-a", "db", group.Build())]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plugin.Ask("host." + Db + " A"), Does.EndWith("A 10.0.0.1"));
            Assert.That(plugin.Ask("pod-a." + Db + " A"), Is.EqualTo("NXDOMAIN"));
            Assert.That(plugin.Ask("pod-b." + Db + " A"), Does.EndWith("A 10.0.0.2"));
            Assert.That(plugin.Ask("10-0-0-2." + Db + " A"), Is.EqualTo("NXDOMAIN"));
        }
    }

    [TestCase(1000)]
    [TestCase(10_000)]
    public void ManyEndpointsInOverlappingSlices_Asked_GivesEachOnceAsFarAsTheReplyGoes(int count)
    {
        var addresses = Enumerable.Range(0, count).Select(i => $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}").ToArray();
        var slices = addresses.Chunk(100).Select((chunk, i) => Slice($"shop/db-{i}", "db", Group(string.Join(' ', chunk))));
        var overlap = Slice("shop/again", "db", Group(string.Join(' ', addresses.Take(count / 2))));
        var plugin = new KubernetesUnderTest("cluster.local", [Namespace("shop"), Service("shop/db", ""), .. slices, overlap]);

        var reply = plugin.AskChain(Db + " A");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Answer, Is.Unique);
            Assert.That(reply.IsTruncated, Is.EqualTo(count == 10_000));
            Assert.That(reply.Answer, count == 1000 ? Has.Count.EqualTo(count) : Has.Count.GreaterThan(3900));
        }
    }
}
