using ClusterDns.Plugins.Bufsize;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Bufsize;

[TestFixture]
internal sealed class BufsizeTests
{
    [TestCase("bufsize", 4096, 1232)]
    [TestCase("bufsize 512", 4096, 512)]
    [TestCase("bufsize 4096", 65535, 4096)]
    [TestCase("bufsize 1000", 1000, 1000)]
    [TestCase("bufsize 1000", 700, 700)]
    [TestCase("bufsize 600\nbufsize 700", 4096, 700, Description = "the last line counts")]
    public async Task Size_OfTheClient_IsNoMoreThanTheLimit(string lines, int sent, int expected)
    {
        var seen = 0;
        await using var fixture = new PluginFixture(BufsizeDirective.Descriptor, lines)
        {
            Rest = query =>
            {
                seen = query.Edns.PayloadSize;
                return ServeResult.Answered;
            },
        };
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, udpSize: (ushort)sent, dnssecOk: true);

        fixture.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.EqualTo(expected));
            Assert.That(query.ReplyLimit, Is.EqualTo(expected));
            Assert.That(query.Reply.Edns, Is.EqualTo(query.Edns));
            Assert.That(query.Edns.DnssecOk, Is.True);
        }
    }

    [Test]
    public async Task Size_OfAClientWithoutEdns_StaysAsItIs()
    {
        await using var fixture = new PluginFixture(BufsizeDirective.Descriptor, "bufsize");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);

        fixture.Ask(query);

        Assert.That((query.Edns.IsPresent, query.ReplyLimit), Is.EqualTo((false, 512)));
    }

    [Test]
    public async Task Query_Limited_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(BufsizeDirective.Descriptor, "bufsize 600");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, udpSize: 1232);
        var packet = query.Packet.ToArray();
        var plugin = fixture.Block.Plugins.Single();
        var result = ServeResult.Dropped;

        var allocated = Allocation.Of(() =>
        {
            query.ReadInPlaceOf(query, packet);
            result = plugin.ServeAsync(query).Result;
        });

        Assert.That((allocated, result, query.ReplyLimit), Is.EqualTo((0, ServeResult.Declined, 600)));
    }

    [TestCase("bufsize 511", "Wrong argument count or unexpected line ending after '511'")]
    [TestCase("bufsize 4097", "Wrong argument count or unexpected line ending after '4097'")]
    [TestCase("bufsize -1", "Wrong argument count or unexpected line ending after '-1'")]
    [TestCase("bufsize large", "Wrong argument count or unexpected line ending after 'large'")]
    [TestCase("bufsize 512 1232", "Wrong argument count or unexpected line ending after '1232'")]
    [TestCase("bufsize {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string lines, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(BufsizeDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));
}
