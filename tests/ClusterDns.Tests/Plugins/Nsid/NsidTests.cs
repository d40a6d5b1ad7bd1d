using System.Net;
using System.Text;
using ClusterDns.Plugins.Nsid;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Nsid;

[TestFixture]
internal sealed class NsidTests
{
    [TestCase("nsid", null)]
    [TestCase("nsid dns-1", "dns-1")]
    [TestCase("nsid Use The  Force", "Use The Force")]
    public async Task Reply_ToAClientThatAsks_HasTheIdentifier(string line, string? expected)
    {
        await using var fixture = new PluginFixture(NsidDirective.Descriptor, line);
        using var query = Ask("0003 0000");

        fixture.Ask(query);

        Assert.That(IdentifierOf(query), Is.EqualTo(expected ?? Environment.MachineName));
    }

    [TestCase("")]
    [TestCase("000A 0001 07")]
    [TestCase(null)]
    public async Task Reply_ToAClientThatDoesNotAsk_HasNone(string? options)
    {
        await using var fixture = new PluginFixture(NsidDirective.Descriptor, "nsid");
        using var query = Ask(options);

        fixture.Ask(query);

        Assert.That(IdentifierOf(query), Is.Null);
    }

    [Test]
    public async Task Reply_ToAnOptionBehindOthers_HasTheIdentifier()
    {
        await using var fixture = new PluginFixture(NsidDirective.Descriptor, "nsid x");
        using var query = Ask("000A 0001 07 0003 0000");

        fixture.Ask(query);

        Assert.That(IdentifierOf(query), Is.EqualTo("x"));
    }

    [Test]
    public async Task Failure_ToAClientThatAsks_HasNone()
    {
        await using var fixture = new PluginFixture(NsidDirective.Descriptor, "nsid");
        fixture.Rest = query => query.Fail(ResponseCode.ServerFailure, "because");
        using var query = Ask("0003 0000");

        fixture.Ask(query);

        Assert.That(IdentifierOf(query), Is.Null);
    }

    [Test]
    public async Task Query_AnsweredOnTheSpot_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(NsidDirective.Descriptor, "nsid x");
        var plugin = fixture.Block.Plugins.Single();
        fixture.Rest = query =>
        {
            query.Reply.Clear();
            return ServeResult.Answered;
        };
        fixture.Chain();
        using var query = Ask("0003 0000");
        Assert.That(Allocation.Of(() => _ = plugin.ServeAsync(query).Result), Is.Zero);
    }

    [Test]
    public void Parse_IdentifierLongerThanItsBound_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(NsidDirective.Descriptor, $"nsid {new string('a', 257)}"),
            Is.EqualTo("Corefile:2 - Error during parsing: an identifier of more than 256 octets"));

    [Test]
    public void Parse_Braces_AreAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(NsidDirective.Descriptor, "nsid {\n}"),
            Is.EqualTo("Corefile:2 - Error during parsing: Unexpected token '{', expecting argument"));

    private static Query Ask(string? options)
    {
        var packet = new PacketBuilder().Question("a.example.org.");
        packet = options is null ? packet : packet.Opt(1232, 0, AnnotatedHex.Parse(options));
        var query = new Query();
        var path = new RecordingReplyPath(
            TransportProtocol.Udp, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));
        Assert.That(query.Read(packet.ToArray(), path), Is.EqualTo(QueryVerdict.Accepted));
        return query;
    }

    private static string? IdentifierOf(Query query)
    {
        var packet = new byte[1232];
        var length = query.Reply.Finish(packet, packet.Length);
        Assert.That(ReplyReader.TryRead(packet.AsSpan(0, length), out var reply), Is.True);
        return reply.Edns.TryFindOption(packet, EdnsOption.NameServerId, out var data) ? Encoding.UTF8.GetString(data) : null;
    }
}
