using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Autopath;

/// <summary>
/// Every name that a resolver makes of one, by every type that it asks for: what exists is NODATA for the types that it has
/// not, and what does not exist is NXDOMAIN for all of them. musl gives up at a wrong one of either kind.
/// </summary>
[TestFixture]
internal sealed class SearchListTests
{
    /// <summary>Behind each name: A, AAAA, HTTPS, TXT and SRV without this plugin, and the same with it; see <see cref="ServedCluster.VerdictAsync"/>.</summary>
    private static readonly string[] Names =
    [
        // Services of the client's own namespace, as the first element finds them.
        "four.orders.svc.cluster.local.                                 +000+ +000+",
        "six.orders.svc.cluster.local.                                  0+00+ 0+00+",
        "dual.orders.svc.cluster.local.                                 ++00+ ++00+",
        "set.orders.svc.cluster.local.                                  +000+ +000+",
        "set-0.set.orders.svc.cluster.local.                            +000+ +000+",
        "_http._tcp.dual.orders.svc.cluster.local.                      ++00+ ++00+",
        "idle.orders.svc.cluster.local.                                 XXXXX XXXXX",
        "away.orders.svc.cluster.local.                                 +0000 +0000",
        "none.orders.svc.cluster.local.                                 XXXXX XXXXX",

        // The other steps of the same names.
        "four.svc.cluster.local.                                        XXXXX XXXXX",
        "four.cluster.local.                                            XXXXX XXXXX",
        "four.                                                          XXXXX XXXXX",

        // With a namespace: the second element has it.
        "vault.ledger.orders.svc.cluster.local.                         XXXXX +000+",
        "vault.ledger.svc.cluster.local.                                +000+ +000+",
        "vault.ledger.cluster.local.                                    XXXXX XXXXX",
        "vault.ledger.                                                  XXXXX XXXXX",
        "none.ledger.orders.svc.cluster.local.                          XXXXX XXXXX",

        // With svc: the third one.
        "dual.orders.svc.orders.svc.cluster.local.                      XXXXX ++00+",
        "dual.orders.svc.svc.cluster.local.                             XXXXX XXXXX",
        "dual.orders.svc.                                               XXXXX XXXXX",

        // Whole names, which ndots:5 sends through the list.
        "dual.orders.svc.cluster.local.orders.svc.cluster.local.        XXXXX ++00+",
        "dual.orders.svc.cluster.local.svc.cluster.local.               XXXXX XXXXX",
        "dual.orders.svc.cluster.local.cluster.local.                   XXXXX XXXXX",
        "none.orders.svc.cluster.local.orders.svc.cluster.local.        XXXXX XXXXX",

        // Outside the cluster.
        "www.example.com.orders.svc.cluster.local.                      XXXXX +0000",
        "both.example.com.orders.svc.cluster.local.                     XXXXX ++000",
        "none.example.com.orders.svc.cluster.local.                     XXXXX XXXXX",
        "www.example.com.svc.cluster.local.                             XXXXX XXXXX",
        "www.example.com.cluster.local.                                 XXXXX XXXXX",
        "www.example.com.                                               +0000 +0000",
        "both.example.com.                                              ++000 ++000",
        "none.example.com.                                              XXXXX XXXXX",

        // The elements themselves. CoreDNS denies TXT for names that exist by others below them.
        "orders.svc.cluster.local.                                      000X0 000X0",
        "svc.cluster.local.                                             000X0 000X0",
        "cluster.local.                                                 000X0 000X0",
    ];

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.AAAA, RecordType.HTTPS, RecordType.TXT, RecordType.SRV];

    private ServedCluster _plain = null!;
    private ServedCluster _walked = null!;

    private static IEnumerable<TestCaseData> Cases() =>
        from line in Names
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select new TestCaseData(words[0], words[1], words[2]).SetArgDisplayNames(words[0]);

    [OneTimeSetUp]
    public async Task Start()
    {
        _plain = await ServedCluster.StartAsync("");
        _walked = await ServedCluster.StartAsync("autopath @kubernetes");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _plain.DisposeAsync();
        await _walked.DisposeAsync();
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Name_OfASearchList_ExistsForAllTypesOrForNone(string name, string plain, string walked)
    {
        Assert.That(await VerdictsAsync(_plain, name, ServedCluster.Client), Is.EqualTo(plain), "without autopath");
        Assert.That(await VerdictsAsync(_walked, name, ServedCluster.Client), Is.EqualTo(walked), "with autopath");
        Assert.That(await VerdictsAsync(_walked, name, "[fd00:244::5]:40000"), Is.EqualTo(walked), "from the second address");
        Assert.That(await VerdictsAsync(_walked, name, SearchScene.Stranger), Is.EqualTo(plain), "from a stranger");
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Negative_OfAnyStep_HasTheSoaOfAZoneAboveTheName(string name, string plain, string walked)
    {
        for (var i = 0; i < Types.Length; i++)
        {
            using var query = await _plain.AskAsync(name, Types[i]);
            if (plain[i] != '+' && query.Reply.AnswerCount == 0)
            {
                var authority = RecordNotation.Read(query.Reply, Section.Authority);
                Assert.That(authority, Has.Count.EqualTo(1).And.All.Contains(" SOA "));
                Assert.That(DnsName.Parse(name).IsAtOrBelow(DnsName.Parse(authority[0].Split(' ')[0])), Is.True);
            }
        }
    }

    /// <summary>With a cache in front of the upstream and its queries merged, a program's one name is one query of each type.</summary>
    [Test]
    public async Task Upstream_OfOneExternalName_IsAskedOnceForEachType()
    {
        await using var cluster = await ServedCluster.StartAsync("autopath @kubernetes\ncache 30");
        string[] names = ["both.example.com.orders.svc.cluster.local.", "both.example.com."];
        foreach (var name in names.Concat(names))
        {
            await cluster.VerdictAsync(name, RecordType.A);
            await cluster.VerdictAsync(name, RecordType.AAAA);
        }

        Assert.That(
            cluster.Upstream.Received.Select(query => query.Type).Order(),
            Is.EqualTo(new[] { RecordType.A, RecordType.AAAA }));
    }

    /// <summary>An upstream that says nothing for one family: the lookup ends there, whichever was asked.</summary>
    [Test]
    public async Task Upstream_ThatFails_IsTheEndForBothFamilies()
    {
        await using var cluster = await ServedCluster.StartAsync("autopath @kubernetes");
        cluster.Upstream.Script = query => [new FakeAction.Send(query.Fail(ResponseCode.ServerFailure))];

        Assert.That(await cluster.VerdictAsync("both.example.com.orders.svc.cluster.local.", RecordType.A), Is.EqualTo("ServerFailure"));
        Assert.That(await cluster.VerdictAsync("both.example.com.orders.svc.cluster.local.", RecordType.AAAA), Is.EqualTo("ServerFailure"));
    }

    /// <summary>Each name that is asked on the way is one that <c>acl</c> sees.</summary>
    [TestCase("www.example.com.orders.svc.cluster.local.", "Refused")]
    [TestCase("four.orders.svc.cluster.local.", "+")]
    public async Task Acl_ForNamesOutside_HoldsForTheWalk(string name, string verdict)
    {
        await using var cluster = await ServedCluster.StartAsync(
            "autopath @kubernetes\nacl example.com {\n block type A net 10.244.0.0/16\n }");

        Assert.That(await cluster.VerdictAsync(name, RecordType.A), Is.EqualTo(verdict));
        Assert.That(cluster.Upstream.Received, Is.Empty);
    }

    [TestCase("four.", "5 A 10.96.0.4")]
    [TestCase("vault.ledger.", "5 A 10.96.0.9")]
    [TestCase("dual.orders.svc.", "5 A 10.96.0.2")]
    [TestCase("both.example.com.", "30 A 198.51.100.2")]
    public async Task ShortName_InAWholeServer_IsTheCluster(string name, string end)
    {
        await using var cluster = await ServedCluster.StartAsync("autopath @kubernetes\nshortnames\ncache 30\nmetadata\nlog");
        using var query = await cluster.AskAsync(name, RecordType.A);

        Assert.That(string.Join('\n', RecordNotation.Read(query.Reply, Section.Answer)), Does.EndWith(end));
    }

    private static async Task<string> VerdictsAsync(ServedCluster cluster, string name, string client)
    {
        var verdicts = "";
        foreach (var type in Types)
        {
            verdicts += await cluster.VerdictAsync(name, type, client);
        }

        return verdicts;
    }
}
