using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

[TestFixture]
internal sealed class PlainDataTests
{
    [Test]
    public void Read_DataWithAPointerAtEveryPlace_NeverLeavesTheMessage()
    {
        var destination = new byte[PlainData.MaxLength];
        var message = new byte[64];
        for (var target = 0; target < 0x4000; target++)
        {
            message[40] = (byte)(0xC0 | (target >> 8));
            message[41] = (byte)target;
            var record = new RecordView(Section.Answer, 12, RecordType.CNAME, RecordClass.IN, 60, 40, 2);

            // Every octet in front is a root label.
            Assert.That(PlainData.TryRead(message, record, destination, out var length), Is.EqualTo(target < 40));
            Assert.That(target >= 40 || (length == 1 && destination[0] == 0), Is.True);
        }
    }

    [TestCase(RecordType.A, 4, true)]
    [TestCase(RecordType.A, 5, false)]
    [TestCase(RecordType.AAAA, 16, true)]
    [TestCase(RecordType.AAAA, 15, false)]
    [TestCase((RecordType)65_280, 7, true)]
    public void Read_DataOfALength_IsTakenIfItsTypeHasThat(RecordType type, int octets, bool expected)
    {
        var message = new byte[64];
        var record = new RecordView(Section.Answer, 12, type, RecordClass.IN, 60, 30, octets);

        Assert.That(PlainData.TryRead(message, record, new byte[PlainData.MaxLength], out var length), Is.EqualTo(expected));
        Assert.That(!expected || length == octets, Is.True);
    }
}
