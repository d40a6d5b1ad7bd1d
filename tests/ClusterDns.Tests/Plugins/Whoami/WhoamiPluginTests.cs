using System.Buffers.Binary;
using ClusterDns.Plugins.Whoami;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Whoami;

[TestFixture]
internal sealed class WhoamiPluginTests
{
    [TestCase("10.244.0.5:46018", TransportProtocol.Udp, RecordType.A, "0AF40005", "_udp.Example.org.")]
    [TestCase("[fd00::1]:46018", TransportProtocol.Tcp, RecordType.AAAA, "FD000000000000000000000000000001", "_tcp.Example.org.")]
    public async Task AnyQuery_GetsTheClientsAddressAndPortInAdditional(
        string client, TransportProtocol protocol, RecordType type, string address, string service)
    {
        await using var fixture = new PluginFixture(WhoamiDirective.Descriptor, "whoami");
        using var query = QueryFactory.Ask("Example.org", RecordType.MX, client: client, protocol: protocol);
        fixture.Ask(query);
        var message = query.Reply.Message.ToArray();
        var records = query.Reply.ReadRecords();
        records.TryRead(out var first);
        records.TryRead(out var second);
        var data = second.Data(message);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((query.Reply.AnswerCount, query.Reply.AdditionalCount), Is.EqualTo((0, 2)));
            Assert.That(query.Reply.IsAuthoritative, Is.True);
            Assert.That(query.AnsweredBy, Is.EqualTo("whoami"));
            Assert.That((first.Type, first.TimeToLive), Is.EqualTo((type, 0)));
            Assert.That(Convert.ToHexString(first.Data(message)), Is.EqualTo(address));
            Assert.That(OwnerOf(message, second), Is.EqualTo(service));
            Assert.That((second.Type, second.TimeToLive), Is.EqualTo((RecordType.SRV, 0)));
            Assert.That(BinaryPrimitives.ReadUInt16BigEndian(data[4..]), Is.EqualTo(46018));
            Assert.That(data[6..].ToArray(), Is.EqualTo(new byte[] { 0 }));
        }
    }

    [Test]
    public void Parse_Arguments_AreAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(WhoamiDirective.Descriptor, "whoami x"),
            Is.EqualTo("Corefile:2 - Error during parsing: Wrong argument count or unexpected line ending after 'x'"));

    private static string OwnerOf(ReadOnlySpan<byte> message, RecordView record)
    {
        var position = record.Offset;
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        NameReader.TryRead(message, ref position, owner, out var length);
        return WireName.ToText(owner[..length]);
    }
}
