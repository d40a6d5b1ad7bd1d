using System.Net;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class UpstreamQuestionTests
{
    private const ushort EveryFlag = MessageHeader.RecursionDesiredFlag
        | MessageHeader.AuthenticDataFlag
        | MessageHeader.CheckingDisabledFlag;

    [TestCase(MessageHeader.RecursionDesiredFlag)]
    [TestCase((ushort)0)]
    [TestCase(EveryFlag)]
    public void Write_Flags_AreTheClientsOwn(ushort flags) =>
        Assert.That(MessageHeader.Flags(Write(QueryFactory.Ask("example.org", RecordType.A, flags: flags))), Is.EqualTo(flags));

    [Test]
    public void Write_FlagsThatOnlyRepliesHave_AreLeftOut()
    {
        const ushort Odd = MessageHeader.AuthoritativeFlag | MessageHeader.TruncatedFlag | MessageHeader.RecursionAvailableFlag | 0x0040 | 0x000F;
        Assert.That(MessageHeader.Flags(Write(QueryFactory.Ask("example.org", RecordType.A, flags: Odd))), Is.Zero);
    }

    [Test]
    public void Write_NameInCapitals_IsLowerCaseUnderNoId()
    {
        var expected = new PacketBuilder().Question("example.org.", RecordType.MX).ToArray();
        expected[0] = expected[1] = 0;
        Assert.That(Write(QueryFactory.Ask("EXAMPLE.Org", RecordType.MX)), Is.EqualTo(expected));
    }

    [Test]
    public void Write_OptRecord_KeepsSizeDnssecAndSubnetButNoHopByHopOption()
    {
        var query = Ask(new PacketBuilder().Question("example.org.").Opt(
            4096,
            Edns.DnssecOkBit,
            [0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 8, 0, 7, 0, 1, 24, 0, 10, 1, 2, 0, 11, 0, 0, 0, 12, 0, 2, 0, 0, 0, 3, 0, 0]));
        var expected = new PacketBuilder().Question("example.org.").Opt(
            4096, Edns.DnssecOkBit, [0, 8, 0, 7, 0, 1, 24, 0, 10, 1, 2, 0, 3, 0, 0]).ToArray();
        expected[0] = expected[1] = 0;
        Assert.That(Write(query), Is.EqualTo(expected));
    }

    [Test]
    public void Write_SizeLoweredOnTheWay_IsTheLowerOne()
    {
        var query = QueryFactory.Ask("example.org", RecordType.A, udpSize: 4096);
        query.LimitPayloadSize(1232);
        var message = Write(query);
        Assert.That((message[^8] << 8) | message[^7], Is.EqualTo(1232));
    }

    [Test]
    public void Write_OptionsBeyondTheBound_AreLeftOut()
    {
        byte[] options = [0, 65, 2, 0, .. new byte[512], 0, 66, 0, 1, 9];
        var message = Write(Ask(new PacketBuilder().Question("example.org.").Opt(1232, 0, options)));
        Assert.That(message.TakeLast(5), Is.EqualTo(new byte[] { 0, 66, 0, 1, 9 }));
    }

    private static byte[] Write(Query query)
    {
        var buffer = new byte[UpstreamQuestion.MaxSize];
        return buffer[..UpstreamQuestion.Write(query, buffer)];
    }

    private static Query Ask(PacketBuilder packet)
    {
        var query = new Query();
        var path = new RecordingReplyPath(TransportProtocol.Udp, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));
        Assert.That(query.Read(packet.ToArray(), path), Is.EqualTo(QueryVerdict.Accepted));
        return query;
    }
}
