using ClusterDns.Plugins.Acl;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Acl;

[TestFixture]
internal sealed class AclPluginTests
{
    private const string Served = "allowed";

    // Lines of one acl, between semicolons, and what becomes of NAME TYPE CLIENT.
    [TestCase("block", "a.example.org A 10.0.0.1", "block")]
    [TestCase("BLOCK", "a.example.org A 10.0.0.1", "block", TestName = "Actions in any letter case")]
    [TestCase("filter", "a.example.org A 10.0.0.1", "filter")]
    [TestCase("drop", "a.example.org A 10.0.0.1", "drop")]
    [TestCase("allow", "a.example.org A 10.0.0.1", Served)]
    [TestCase("", "a.example.org A 10.0.0.1", Served, TestName = "No line has the query")]
    [TestCase("block", "a.example.net A 10.0.0.1", Served, TestName = "Not in the zones of the block")]
    [TestCase("block type A MX", "a.example.org MX 10.0.0.1", "block")]
    [TestCase("block type A MX", "a.example.org AAAA 10.0.0.1", Served)]
    [TestCase("block type a", "a.example.org A 10.0.0.1", "block")]
    [TestCase("block type TYPE65280", "a.example.org 65280 10.0.0.1", "block")]
    [TestCase("block type * net 10.0.0.0/8", "a.example.org AAAA 10.0.0.1", "block")]
    [TestCase("block type A *", "a.example.org AAAA 10.0.0.1", "block")]
    [TestCase("block net 10.0.0.0/8", "a.example.org A 11.0.0.1", Served)]
    [TestCase("block net 10.0.0.1", "a.example.org A 10.0.0.1", "block", TestName = "An address is a network of one")]
    [TestCase("block net 10.0.0.1", "a.example.org A 10.0.0.2", Served)]
    [TestCase("block net fd00::1", "a.example.org A fd00::1", "block")]
    [TestCase("block net 10.0.0.1/8", "a.example.org A 10.9.9.9", "block", TestName = "Bits behind the mask are dropped")]
    [TestCase("block net *", "a.example.org A fd00::1", "block")]
    [TestCase("block net 10.0.0.0/8 type A", "a.example.org A 10.0.0.1", "block", TestName = "Sections in any order")]
    [TestCase("block net 10.0.0.0/8 net 11.0.0.0/8", "a.example.org A 11.0.0.1", "block", TestName = "Sections add up")]
    [TestCase("allow net 10.1.0.0/16;block", "a.example.org A 10.1.0.1", Served, TestName = "The first line that has it decides")]
    [TestCase("allow net 10.1.0.0/16;block", "a.example.org A 10.2.0.1", "block")]
    [TestCase("block;allow", "a.example.org A 10.2.0.1", "block")]
    public async Task Query_MetByLines_IsServedOrTurnedAway(string lines, string question, string expected)
    {
        await using var fixture = new PluginFixture(AclDirective.Descriptor, $"acl {{\n{lines.Replace(';', '\n')}\n}}");
        Assert.That(Ask(fixture, question), Is.EqualTo(expected));
    }

    [TestCase("a.sub.example.org A 10.0.0.1", Served)]
    [TestCase("a.sub.example.org A 10.0.0.2", "filter")]
    [TestCase("a.example.net A 10.0.0.2", "block")]
    [TestCase("a.example.com A 10.0.0.2", Served)]
    public async Task Query_SeveralDirectives_AreAskedInOrder(string question, string expected)
    {
        await using var fixture = new PluginFixture(
            AclDirective.Descriptor,
            "acl sub.example.org {\n allow net 10.0.0.1\n}\nacl example.org {\n filter\n}\nacl example.net {\n block\n}");
        Assert.That(Ask(fixture, question), Is.EqualTo(expected));
    }

    [TestCase("block", ResponseCode.Refused, 15)]
    [TestCase("filter", ResponseCode.NoError, 17)]
    public async Task Reply_ToClientWithEdns_HasTheExtendedError(string action, ResponseCode code, byte error)
    {
        await using var fixture = new PluginFixture(AclDirective.Descriptor, $"acl {{\n {action}\n}}");
        using var query = QueryFactory.Ask("example.org", RecordType.A, udpSize: 1232);
        fixture.Ask(query);
        var reply = FinishedReply.Octets(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Reply.Code, Is.EqualTo(code));
            Assert.That(query.AnsweredBy, Is.EqualTo("acl"));

            // OPTION-CODE, OPTION-LENGTH, INFO-CODE (RFC 8914, 2) end the message.
            Assert.That(reply[^6..], Is.EqualTo(new byte[] { 0, 15, 0, 2, 0, error }));
        }
    }

    [Test]
    public async Task Reply_ToClientWithoutEdns_HasNone()
    {
        await using var fixture = new PluginFixture(AclDirective.Descriptor, "acl {\n block\n}");
        using var query = QueryFactory.Ask("example.org", RecordType.A);
        fixture.Ask(query);

        Assert.That(FinishedReply.Octets(query), Has.Length.EqualTo(query.PacketLength));
    }

    [Test]
    public async Task Metrics_EachAction_IsCountedUnderServerAndZone()
    {
        await using var fixture = new PluginFixture(
            AclDirective.Descriptor,
            "acl {\n block net 10.0.0.1\n filter net 10.0.0.2\n drop net 10.0.0.3\n}\nacl a.example.org {\n allow\n}");
        foreach (var client in new[] { "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6" })
        {
            Ask(fixture, $"a.example.org A {client}");
        }

        const string Labels = "server=\"dns://:53\",zone=\"example.org.\",view=\"\"";
        Assert.That(await fixture.ScrapeAsync(), Is.EquivalentTo(new[]
        {
            $"coredns_acl_blocked_requests_total{{{Labels}}} 2",
            $"coredns_acl_filtered_requests_total{{{Labels}}} 1",
            $"coredns_acl_dropped_requests_total{{{Labels}}} 1",
            "coredns_acl_allowed_requests_total{server=\"dns://:53\",view=\"\"} 3",
        }));
    }

    [TestCase("10.244.0.5:1", Description = "by a line")]
    [TestCase("192.0.2.1:1", Description = "by none")]
    public async Task Query_Allowed_AllocatesNothing(string client)
    {
        var networks = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"10.{i / 256}.{i % 256}.0/25"));
        await using var fixture = new PluginFixture(
            AclDirective.Descriptor, $"acl {{\n block net {networks}\n allow net 10.244.0.0/16\n block type TXT\n}}");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, client: client);
        query.ServerLabel = "dns://:53";
        var plugin = fixture.Block.Plugins[0];

        Assert.That(plugin.ServeAsync(query).Result, Is.EqualTo(ServeResult.Declined));
        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    [TestCase("block")]
    [TestCase("filter")]
    [TestCase("drop")]
    public async Task Query_TurnedAway_AllocatesNothing(string action)
    {
        await using var fixture = new PluginFixture(AclDirective.Descriptor, $"acl {{\n {action}\n}}");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, udpSize: 1232);
        var plugin = fixture.Block.Plugins[0];

        Assert.That(plugin.ServeAsync(query).Result, Is.Not.EqualTo(ServeResult.Declined));
        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    private static string Ask(PluginFixture fixture, string question)
    {
        var words = question.Split(' ');
        var client = words[2].Contains(':') ? $"[{words[2]}]:1" : $"{words[2]}:1";
        var type = Enum.TryParse<RecordType>(words[1], out var known) ? known : (RecordType)ushort.Parse(words[1]);
        var wasServed = false;
        fixture.Rest = _ =>
        {
            wasServed = true;
            return ServeResult.Answered;
        };
        using var query = QueryFactory.Ask(words[0], type, client: client);
        query.ServerLabel = "dns://:53";
        var result = fixture.Ask(query);
        return wasServed ? Served
            : result == ServeResult.Dropped ? "drop"
            : query.Reply.Code == ResponseCode.Refused ? "block"
            : "filter";
    }
}
