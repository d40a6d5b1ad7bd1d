using ClusterDns.Plugins.Dns64;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Dns64;

[TestFixture]
internal sealed class Dns64Tests
{
    private const string IPv6Client = "[2001:db8::1]:40000";

    [Test]
    public async Task NoAddress_AskedOverIPv6_IsMadeOfTheARecords()
    {
        await using var scene = new Scene("dns64")
        {
            Addresses = ["a.x. 300 CNAME b.x.", "b.x. 300 A 192.0.2.33", "b.x. 7 A 198.51.100.1"],
        };
        Assert.That(scene.Ask("A.x"), Is.EqualTo(new[]
        {
            "a.x. 300 CNAME b.x.", "b.x. 300 AAAA 64:ff9b::c000:221", "b.x. 7 AAAA 64:ff9b::c633:6401",
        }));
    }

    [TestCase("x. 60 SOA n.x. h.x.", 60)]
    [TestCase("x. 900 SOA n.x. h.x.", 900)]
    [TestCase("x. 60 NS n.x.", 600)]
    public async Task NoAddress_TimeToLive_IsThatOfTheSoaAtMost(string authority, int expected)
    {
        await using var scene = new Scene("dns64") { Authority = authority, Addresses = ["a.x. 3600 A 192.0.2.33"] };
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { $"a.x. {expected} AAAA 64:ff9b::c000:221" }));
    }

    [Test]
    public async Task NoAddress_NameSpeltInMixedCase_IsTheClients()
    {
        await using var scene = new Scene("dns64");
        scene.Ask("WwW.x");
        Assert.That(scene.Lookups, Is.EqualTo(new[] { "WwW.x. A" }));
    }

    [TestCase("dns64 64:1337::/96", "64:1337::c000:221")]
    [TestCase("dns64 {\n prefix 2001:db8::/32\n}", "2001:db8:c000:221::")]
    [TestCase("dns64 64:1337::/96 {\n prefix 2001:db8::/32\n}", "2001:db8:c000:221::")]
    [TestCase("dns64 64:1::/96\ndns64 64:2::/96", "64:2::c000:221", Description = "the last line counts")]
    public async Task Prefix_OfOnesOwn_IsUsed(string lines, string expected)
    {
        await using var scene = new Scene(lines);
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { $"a.x. 30 AAAA {expected}" }));
    }

    [TestCase("dns64", IPv6Client, RecordType.AAAA, true)]
    [TestCase("dns64", QueryFactory.Client, RecordType.AAAA, false)]
    [TestCase("dns64 {\n allow_ipv4\n}", QueryFactory.Client, RecordType.AAAA, true)]
    [TestCase("dns64", IPv6Client, RecordType.A, false)]
    [TestCase("dns64", IPv6Client, RecordType.ANY, false)]
    public async Task Queries_OfClientsAndTypes_AreTranslatedOrNot(string lines, string client, RecordType type, bool expected)
    {
        await using var scene = new Scene(lines);
        scene.Ask("a.x", type, client);
        Assert.That(scene.Lookups, Has.Count.EqualTo(expected ? 1 : 0));
    }

    [Test]
    public async Task Query_OfAnotherClass_IsNotTranslated()
    {
        await using var scene = new Scene("dns64");
        using var query = QueryFactory.Ask("a.x", RecordType.AAAA, RecordClass.CH, client: IPv6Client);
        scene.Ask(query);
        Assert.That(scene.Lookups, Is.Empty);
    }

    [TestCase("dns64", "2001:db8::7")]
    [TestCase("dns64 {\n translate_all\n}", "64:ff9b::c000:221")]
    public async Task Address_ThatExists_IsTranslatedByTranslateAllOnly(string lines, string expected)
    {
        await using var scene = new Scene(lines) { Answer = "a.x. 30 AAAA 2001:db8::7" };
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { $"a.x. 30 AAAA {expected}" }));
    }

    [TestCase(ResponseCode.NameError, false)]
    [TestCase(ResponseCode.ServerFailure, true)]
    [TestCase(ResponseCode.Refused, true)]
    public async Task Rcode_OfTheReply_DecidesAboutTranslation(ResponseCode code, bool expected)
    {
        await using var scene = new Scene("dns64 {\n translate_all\n}") { Code = code };
        scene.Ask("a.x");
        Assert.That(scene.Lookups, Has.Count.EqualTo(expected ? 1 : 0));
    }

    [Test]
    public async Task Failure_OfTheChain_IsNotTranslated()
    {
        await using var scene = new Scene("dns64");
        scene.Fixture.Rest = query => query.Fail(ResponseCode.ServerFailure, "because");
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { "Failed ServerFailure: because" }));
    }

    [Test]
    public async Task Lookup_ThatFails_IsToldWithItsRcode()
    {
        await using var scene = new Scene("dns64") { LookupResult = query => query.Fail(ResponseCode.ServerFailure, "because") };
        using var query = QueryFactory.Ask("a.x", RecordType.AAAA, client: IPv6Client);

        var reply = scene.Ask(query);

        Assert.That((reply.Count, query.Reply.Code, query.Error), Is.EqualTo((0, ResponseCode.ServerFailure, "because")));
    }

    [Test]
    public async Task Lookup_ThatNobodyAnswers_IsAFailure()
    {
        await using var scene = new Scene("dns64") { LookupResult = _ => ServeResult.Dropped };
        Assert.That(scene.Ask("a.x"), Is.EqualTo(new[] { "Failed ServerFailure: dns64 could not look up the A records" }));
    }

    [Test]
    public async Task Translation_OfAReply_TakesOverItsFactsAndSections()
    {
        await using var scene = new Scene("dns64")
        {
            LookupResult = query =>
            {
                RecordNotation.Add(query.Reply, Section.Answer, "a.x. 30 A 192.0.2.33");
                RecordNotation.Add(query.Reply, Section.Authority, "x. 40 NS n.x.");
                RecordNotation.Add(query.Reply, Section.Additional, "n.x. 50 A 192.0.2.1");
                query.Reply.IsRecursionAvailable = true;
                query.Reply.IsAuthoritative = true;
                query.Reply.IsAuthenticData = true;
                query.Reply.IsTruncated = true;
                query.Upstream = "10.0.0.2:53";
                return ServeResult.Answered;
            },
        };
        using var query = QueryFactory.Ask("a.x", RecordType.AAAA, client: IPv6Client);

        var reply = scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Is.EqualTo(new[] { "a.x. 30 AAAA 64:ff9b::c000:221", "x. 40 NS n.x.", "n.x. 50 A 192.0.2.1" }));
            Assert.That(query.Reply.IsRecursionAvailable, Is.True);
            Assert.That(query.Reply.IsAuthoritative, Is.True);
            Assert.That(query.Reply.IsAuthenticData, Is.False, "nobody signed it");
            Assert.That(query.Reply.IsTruncated, Is.True);
            Assert.That(query.Upstream, Is.EqualTo("10.0.0.2:53"));
            Assert.That(query.AnsweredBy, Is.EqualTo("dns64"));
        }
    }

    [Test]
    public async Task Metrics_Translations_AreCountedForTheServer()
    {
        await using var scene = new Scene("dns64");
        scene.Ask("a.x");
        scene.Ask("b.x");
        scene.Ask("c.x", RecordType.A);
        Assert.That(
            await scene.Fixture.ScrapeAsync(),
            Is.EqualTo(new[] { "coredns_dns64_requests_translated_total{server=\"dns://:53\"} 2" }));
    }

    [Test]
    public async Task Query_ThatIsNotTranslated_AllocatesNothing([Values("10.0.0.1:1", IPv6Client)] string client)
    {
        await using var scene = new Scene("dns64");
        var address = new byte[16];
        scene.Fixture.Rest = query =>
        {
            query.Reply.Clear();
            query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, address);
            return ServeResult.Answered;
        };
        var plugin = scene.Fixture.Block.Plugins.Single();
        scene.Fixture.Chain();
        using var query = QueryFactory.Ask("a.x", RecordType.AAAA, client: client);
        Assert.That(Allocation.Of(() => _ = plugin.ServeAsync(query).Result), Is.Zero);
    }

    [TestCase("dns64 64:ff9b::/96 x", 2, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("dns64 64:ff9b::", 2, "invalid CIDR address: 64:ff9b::")]
    [TestCase("dns64 10.0.0.0/8", 2, "invalid netmask 32 IPv6 address: \"10.0.0.0/8\"")]
    [TestCase("dns64 64:ff9b::/97", 2, "invalid prefix length \"64:ff9b::/97\"")]
    [TestCase("dns64 {\n prefix\n}", 3, "Wrong argument count or unexpected line ending after 'prefix'")]
    [TestCase("dns64 {\n prefix 64:ff9b::/24\n}", 3, "invalid prefix length \"64:ff9b::/24\"")]
    [TestCase("dns64 {\n translate_all yes\n}", 3, "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("dns64 {\n allow_ipv4 yes\n}", 3, "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("dns64 {\n translate\n}", 3, "unknown property 'translate'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(Dns64Directive.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    /// <summary>A chain without AAAA records, and a server that knows A records.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        public Scene(string lines)
        {
            Fixture = new PluginFixture(Dns64Directive.Descriptor, lines) { Rest = Serve };
        }

        public PluginFixture Fixture { get; }

        public string? Answer { get; init; }

        public string? Authority { get; init; }

        public ResponseCode Code { get; init; }

        public string[]? Addresses { get; init; }

        public Func<Query, ServeResult>? LookupResult { get; init; }

        public List<string> Lookups { get; } = [];

        public List<string> Ask(string name, RecordType type = RecordType.AAAA, string client = IPv6Client)
        {
            using var query = QueryFactory.Ask(name, type, client: client);
            return Ask(query);
        }

        public List<string> Ask(Query query)
        {
            query.ServerLabel = "dns://:53";
            query.Router = new OneChain(PluginChain.Build([new StubPlugin(LookUp)]));
            var result = Fixture.Ask(query);
            return result.Outcome == ServeOutcome.Answered
                ? RecordNotation.Read(query.Reply)
                : [$"{result.Outcome} {result.Code}: {query.Error}"];
        }

        public ValueTask DisposeAsync() => Fixture.DisposeAsync();

        private ServeResult Serve(Query query)
        {
            Add(query, Section.Answer, Answer);
            Add(query, Section.Authority, Authority);
            query.Reply.Code = Code;
            return ServeResult.Answered;
        }

        private ServeResult LookUp(Query query)
        {
            Lookups.Add($"{WireName.ToText(query.NameAsSent)} {query.Type}");
            foreach (var line in Addresses ?? ["a.x. 30 A 192.0.2.33"])
            {
                Add(query, Section.Answer, LookupResult is null ? line : null);
            }

            return LookupResult?.Invoke(query) ?? ServeResult.Answered;
        }

        private static void Add(Query query, Section section, string? line)
        {
            if (line is not null)
            {
                RecordNotation.Add(query.Reply, section, line);
            }
        }
    }
}
