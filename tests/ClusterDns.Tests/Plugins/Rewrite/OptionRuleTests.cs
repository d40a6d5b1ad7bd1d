using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>EDNS options of the query that the rest of the chain sees, as <c>CODE:HEX</c>.</summary>
[TestFixture]
internal sealed class OptionRuleTests
{
    private const string Local = "FFEE";

    [TestCase("local set 0xffee 0x61626364", "", "FFEE:61626364")]
    [TestCase("local set 0xffee abcd", "", "FFEE:61626364")]
    [TestCase("local set 65518 abcd", "FFEE 0002 0102 000A 0001 07", "000A:07 FFEE:61626364")]
    [TestCase("local append 0xffee abcd", "FFEE 0002 0102", "FFEE:0102 FFEE:61626364")]
    [TestCase("local append 0xffee abcd", "", "FFEE:61626364")]
    [TestCase("local replace 0xffee abcd", "FFEE 0002 0102", "FFEE:61626364")]
    [TestCase("local replace 0xffee abcd", "000A 0001 07", "000A:07")]
    [TestCase("local unset 0xffee", "FFEE 0002 0102 000A 0001 07 FFEE 0000", "000A:07")]
    [TestCase("local unset 0xffee", "000A 0001 07", "000A:07")]
    [TestCase("nsid set", "", "0003:")]
    [TestCase("nsid set", "0003 0001 41", "0003:")]
    [TestCase("nsid append", "", "0003:")]
    [TestCase("nsid replace", "", "")]
    [TestCase("nsid unset", "0003 0000", "")]
    [TestCase("subnet set 24 56", "", "0008:000118000AF400")]
    [TestCase("subnet set 12 56", "", "0008:00010C000AF0")]
    [TestCase("subnet set 0 56", "", "0008:00010000")]
    [TestCase("subnet set 32 56", "", "0008:000120000AF40005")]
    [TestCase("subnet replace 24 56", "", "")]
    [TestCase("subnet unset", "0008 0004 00010000", "")]
    [TestCase("local set 0xffee {qname}", "", "FFEE:612E782E")]
    [TestCase("local set 0xffee {qtype}", "", "FFEE:0001")]
    [TestCase("local set 0xffee {client_ip}", "", "FFEE:0AF40005")]
    [TestCase("local set 0xffee {client_port}", "", "FFEE:B3C2")]
    [TestCase("local set 0xffee {server_ip}", "", "FFEE:0A60000A")]
    [TestCase("local set 0xffee {server_port}", "", "FFEE:0035")]
    [TestCase("local set 0xffee {protocol}", "", "FFEE:756470")]
    [TestCase("local set 0xffee {kubernetes/service}", "", "FFEE:")]
    public async Task Options_ByTheRule_AreSeenBehindIt(string rule, string sent, string expected)
    {
        string? seen = null;
        await using var scene = new RewriteScene($"rewrite edns0 {rule}") { Further = query => seen = OptionsOf(query) };
        var packet = new PacketBuilder().Question("a.x.").Opt(1232, 0, AnnotatedHex.Parse(sent)).ToArray();

        scene.Ask(Read(packet));

        Assert.That(seen, Is.EqualTo(expected));
    }

    [Test]
    public async Task Options_OfAClientWithoutEdns_ComeWithAnOptRecordOfOurs()
    {
        Edns seen = default;
        await using var scene = new RewriteScene("rewrite edns0 nsid set") { Further = query => seen = query.Edns };
        using var query = QueryFactory.Ask("a.x", RecordType.A);

        scene.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.PayloadSize, Is.EqualTo(4096));
            Assert.That(query.Reply.Edns.IsPresent, Is.False, "the client's reply has none");
        }
    }

    [Test]
    public async Task Options_ThatAreNotThereToBeTakenOut_AddNoOptRecord()
    {
        var seen = true;
        await using var scene = new RewriteScene("rewrite continue edns0 nsid unset\nrewrite name a.x b.x")
        {
            Further = query => seen = query.Edns.IsPresent,
        };
        scene.Ask("a.x");
        Assert.That(seen, Is.False);
    }

    [Test]
    public async Task Options_OfSeveralRules_AreAllThere()
    {
        string? seen = null;
        await using var scene = new RewriteScene(
            "rewrite continue edns0 local set 1 a\nrewrite continue edns0 subnet set 24 48\nrewrite edns0 local set 2 b")
        {
            Further = query => seen = OptionsOf(query),
        };
        using var query = QueryFactory.Ask("a.x", RecordType.A, client: "[2001:db8:1:2::3]:53");

        scene.Ask(query);

        Assert.That(seen, Is.EqualTo("0001:61 0008:0002300020010DB80001 0002:62"));
    }

    [Test]
    public async Task Options_MoreThanTheirBound_AreNotAdded()
    {
        var seen = 0;
        var rule = $"rewrite continue edns0 local append 1 {new string('a', 1000)}\n";
        await using var scene = new RewriteScene(string.Concat(Enumerable.Repeat(rule, 20)))
        {
            Further = query => seen = query.Edns.OptionsLength,
        };
        scene.Ask("a.x");
        Assert.That(seen, Is.EqualTo(8 * 1004));
    }

    [TestCase("", "FFEE:02")]
    [TestCase(" revert", "")]
    public async Task Options_OfTheReply_AreTakenOutByRevert(string revert, string expected)
    {
        await using var scene = new RewriteScene($"rewrite edns0 local set 0x{Local} abc{revert}")
        {
            Further = query => query.Reply.AddOption(0xFFEE, [2]),
        };
        using var query = QueryFactory.Ask("a.x", RecordType.A, udpSize: 1232);

        scene.Ask(query);

        Assert.That(Text(query.Reply.Options), Is.EqualTo(expected));
    }

    private static Query Read(byte[] packet)
    {
        var query = new Query();
        var path = new RecordingReplyPath(
            TransportProtocol.Udp, System.Net.IPEndPoint.Parse(QueryFactory.Client), System.Net.IPEndPoint.Parse(QueryFactory.Server));
        return query.Read(packet, path) == QueryVerdict.Accepted ? query : throw new ArgumentException("no query", nameof(packet));
    }

    private static string OptionsOf(Query query) => Text(query.Edns.Options(query.Packet));

    private static string Text(EdnsOptions options)
    {
        var texts = new List<string>();
        while (options.TryRead(out var code, out var data))
        {
            texts.Add($"{code:X4}:{Convert.ToHexString(data)}");
        }

        return string.Join(' ', texts);
    }
}
