using System.Buffers.Binary;
using System.Net;
using ClusterDns.Cli.Querying;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Querying;

/// <summary>Replies made to hurt whoever prints them.</summary>
[TestFixture]
internal sealed class HostileReplyTests
{
    private const int Seed = 20_261_126;
    private const int Rounds = 20_000;

    [Test]
    public void Write_EscapesInNamesAndTexts_ArePrintable()
    {
        var reply = Read(Reply(Record(RecordType.TXT, [4, 0x1B, (byte)'[', (byte)'2', (byte)'J'])));

        AssertPrintable(ReplyText.Write(reply, [], default));
        Assert.That(ReplyText.WriteShort(reply), Is.EqualTo("\"\\027[2J\"\n"));
    }

    [Test]
    public void Write_ExtendedErrorWithControlsAndDirections_IsPrintable()
    {
        var reply = Read(Reply(Opt(15, [0, 18, .. "no\u001b[31m \u202etxet"u8])));

        var text = ReplyText.Write(reply, [], default);
        AssertPrintable(text);
        Assert.That(text, Does.Contain("; EDE: 18 (Prohibited): (no\\u001B[31m \\u202Etxet)\n"));
    }

    [Test]
    public void Write_UnknownExtendedErrorAndOption_AreNumbers()
    {
        var text = ReplyText.Write(Read(Reply(Opt(15, [0xFF, 0xFF]), Opt(65001, [1, 2]))), [], default);

        // A second OPT makes a message malformed, so only the first is there to be read.
        Assert.That(text, Does.Contain("; EDE: 65535\n"));
    }

    [TestCase(RecordType.A, "\\# 3 010203", (byte)1, (byte)2, (byte)3)]
    [TestCase(RecordType.MX, "\\# 2 0001", (byte)0, (byte)1)]
    [TestCase(RecordType.CNAME, "\\# 2 C0FF", (byte)0xC0, (byte)0xFF)]
    [TestCase(RecordType.CNAME, "\\# 0")]
    public void Read_DataThatIsNotOfItsType_IsOctets(RecordType type, string expected, params byte[] data)
    {
        Assert.That(Read(Reply(Record(type, data))).Records.Single().Data, Is.EqualTo(expected));
    }

    [Test]
    public void Read_CompressedNames_AreWrittenOut()
    {
        var reply = Read(Reply(Record(RecordType.MX, [0, 10, 4, .. "mail"u8, 0xC0, 12]), Record(RecordType.SRV, [0, 1, 0, 2, 0, 53, 0xC0, 12])));

        Assert.That(reply.Records.Select(record => record.Data), Is.EqualTo(["10 mail.example.org.", "1 2 53 example.org."]));
    }

    [Test]
    public void Write_RandomDataOfEveryType_NeverThrowsAndIsPrintable()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Rounds; i++)
        {
            var data = new byte[random.Next(60)];
            random.NextBytes(data);
            var type = (RecordType)(random.Next(4) == 0 ? random.Next(65_536) : random.Next(110));
            if (type == RecordType.OPT)
            {
                continue;
            }

            var reply = Read(Reply(Record(type, data)));
            AssertPrintable(ReplyText.Write(reply, [], default));
            Assert.That(ReplyJson.Write(reply, []), Is.Not.Empty);
        }
    }

    [Test]
    public void Write_ReplyWithAnyOctetChanged_NeverThrows()
    {
        var message = Reply(Record(RecordType.MX, [0, 10, 4, .. "mail"u8, 0xC0, 12]), Opt(15, [0, 3, .. "stale"u8]));
        for (var at = 0; at < message.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = message.ToArray();
                changed[at] = (byte)value;
                if (ReplyReader.TryRead(changed, out var fields))
                {
                    var reply = Received(changed, fields);
                    Assert.That(ReplyText.Write(reply, [], default), Is.Not.Empty);
                    Assert.That(ReplyJson.Write(reply, []), Is.Not.Empty);
                }
            }
        }
    }

    private static void AssertPrintable(string text) =>
        Assert.That(text, Has.None.Matches<char>(character => character is not ('\n' or '\t') and (< ' ' or > '~')));

    private static ReceivedReply Read(byte[] message)
    {
        Assert.That(ReplyReader.TryRead(message, out var fields), Is.True);
        return Received(message, fields);
    }

    private static ReceivedReply Received(byte[] message, ReplyFields fields) =>
        new(message, fields, new IPEndPoint(IPAddress.Loopback, 53), TransportProtocol.Udp, TimeSpan.FromMilliseconds(1));

    /// <summary>A reply about <c>example.org</c>, whose name stands at octet 12.</summary>
    private static byte[] Reply(params byte[][] records)
    {
        var hasOpt = records.Any(record => record[0] == 0 && record[2] == (byte)RecordType.OPT);
        records = [.. records.Where(record => record[0] != 0), .. records.Where(record => record[0] == 0).Take(1)];
        var header = new byte[MessageHeader.Size];
        var opts = hasOpt ? 1 : 0;
        MessageHeader.Write(header, 1, MessageHeader.ResponseFlag, 1, records.Length - opts, 0, opts);
        return [.. header, 7, .. "example"u8, 3, .. "org"u8, 0, 0, 1, 0, 1, .. records.SelectMany(record => record)];
    }

    private static byte[] Record(RecordType type, byte[] data) =>
        [0xC0, 12, .. Number(type), 0, 1, 0, 0, 0, 60, .. Number((RecordType)data.Length), .. data];

    private static byte[] Opt(ushort code, byte[] data) =>
    [
        0, .. Number(RecordType.OPT), 4, 0xD0, 0, 0, 0, 0, .. Number((RecordType)(data.Length + 4)),
        .. Number((RecordType)code), .. Number((RecordType)data.Length), .. data,
    ];

    private static byte[] Number(RecordType value)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
        return octets;
    }
}
