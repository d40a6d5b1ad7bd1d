using ClusterDns.Plugins.Header;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Header;

[TestFixture]
internal sealed class HeaderTests
{
    private const ushort Authoritative = MessageHeader.AuthoritativeFlag;
    private const ushort Available = MessageHeader.RecursionAvailableFlag;
    private const ushort Desired = MessageHeader.RecursionDesiredFlag;

    [TestCase("response set ra", 0, Available)]
    [TestCase("response set ra aa rd", 0, Available | Authoritative | Desired)]
    [TestCase("response clear ra aa rd", Available | Authoritative | Desired, 0)]
    [TestCase("response set ra\n response clear ra", Available, 0, Description = "the later line counts")]
    [TestCase("response clear aa\n response set aa", 0, Authoritative)]
    [TestCase("RESPONSE SET AA", 0, Authoritative)]
    [TestCase("set aa\n clear ra", Available, Authoritative, Description = "older files name no side")]
    [TestCase("query clear aa", Authoritative, Authoritative)]
    public async Task Response_Answered_HasTheFlags(string lines, int before, int expected)
    {
        await using var fixture = Header(lines);
        fixture.Rest = query =>
        {
            query.Reply.IsAuthoritative = (before & Authoritative) != 0;
            query.Reply.IsRecursionAvailable = (before & Available) != 0;
            return ServeResult.Answered;
        };
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, flags: (ushort)(before & Desired));

        fixture.Ask(query);

        Assert.That(SentFlags(query) & (Authoritative | Available | Desired), Is.EqualTo(expected));
    }

    [TestCase("query set rd", 0, Desired)]
    [TestCase("query clear rd", Desired, 0)]
    [TestCase("query set rd aa ra", 0x0010, 0x0010 | Desired | Authoritative | Available)]
    [TestCase("query set rd\n query clear rd", Desired, 0)]
    [TestCase("response set rd", 0, 0)]
    public async Task Query_OnItsWay_HasTheFlags(string lines, int before, int expected)
    {
        var seen = (0, 0);
        await using var fixture = Header(lines);
        fixture.Rest = query =>
        {
            seen = (query.Flags, MessageHeader.Flags(query.Packet));
            return ServeResult.Answered;
        };
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, flags: (ushort)before, udpSize: 1232);

        fixture.Ask(query);

        Assert.That(seen, Is.EqualTo((expected, expected)));
    }

    [Test]
    public async Task Response_OfAFailure_IsTheServersOwn()
    {
        await using var fixture = Header("response set aa");
        fixture.Rest = query => query.Fail(ResponseCode.ServerFailure, "because");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);

        fixture.Ask(query);

        Assert.That(query.Reply.IsAuthoritative, Is.False);
    }

    [Test]
    public async Task Response_ThatComesLater_HasTheFlags()
    {
        await using var fixture = Header("response set aa");
        var plugin = fixture.Block.Plugins.Single();
        _ = PluginChain.Build([plugin, new StubPlugin(Later)]);
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);

        await plugin.ServeAsync(query);

        Assert.That(query.Reply.IsAuthoritative, Is.True);

        static async ValueTask<ServeResult> Later(Query query)
        {
            await Task.Yield();
            return ServeResult.Answered;
        }
    }

    [Test]
    public async Task Query_AnsweredOnTheSpot_AllocatesNothing()
    {
        await using var fixture = Header("query set rd\n response set aa ra\n response clear rd");
        var plugin = fixture.Block.Plugins.Single();
        fixture.Chain();
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        Assert.That(Allocation.Of(() => _ = plugin.ServeAsync(query).Result), Is.Zero);
    }

    [TestCase("header", 2, "Wrong argument count or unexpected line ending after 'header'")]
    [TestCase("header {\n}", 2, "Wrong argument count or unexpected line ending after 'header'")]
    [TestCase("header x {\n set aa\n}", 2, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("header {\n answer set aa\n}", 3, "setting up rule: invalid selector=answer should be query or response")]
    [TestCase("header {\n query\n}", 3, "setting up rule: no flag action provided")]
    [TestCase("header {\n query put rd\n}", 3, "setting up rule: unknown flag action=put, should be set or clear")]
    [TestCase("header {\n response set\n}", 3, "setting up rule: invalid length for flags, at least one should be provided")]
    [TestCase("header {\n clear\n}", 3, "setting up rule: invalid length for flags, at least one should be provided")]
    [TestCase("header {\n response set ad\n}", 3, "setting up rule: unknown/unsupported flag=ad")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(HeaderDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public async Task SetUp_SeveralLines_TheLastOneCounts()
    {
        await using var fixture = new PluginFixture(
            HeaderDirective.Descriptor, "header {\n response set aa\n}\nheader {\n response set ra\n}");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);

        fixture.Ask(query);

        Assert.That((query.Reply.IsAuthoritative, query.Reply.IsRecursionAvailable), Is.EqualTo((false, true)));
    }

    private static PluginFixture Header(string lines) => new(HeaderDirective.Descriptor, $"header {{\n {lines}\n}}");

    private static int SentFlags(Query query)
    {
        var packet = new byte[512];
        query.Reply.Finish(packet, packet.Length);
        return MessageHeader.Flags(packet);
    }
}
