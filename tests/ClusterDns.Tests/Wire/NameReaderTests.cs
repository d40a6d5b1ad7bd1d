using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Compressed names. Messages here begin with the name, as far as the reader cares.</summary>
internal sealed class NameReaderTests
{
    [TestCase("00", 0, ".", 1)]
    [TestCase("01 \"a\" 02 \"bC\" 00 FF", 0, "a.bC.", 6)]
    [TestCase("01 \"b\" 00  01 \"a\" C0 00", 3, "a.b.", 7)]
    [TestCase("01 \"b\" 00  C0 00", 3, "b.", 5)]
    [TestCase("01 \"b\" 00  C0 02", 3, ".", 5)]
    [TestCase("01 \"c\" 00  01 \"b\" C0 00  01 \"a\" C0 03", 7, "a.b.c.", 11)]
    [TestCase("01 \"c\" 00  C0 00  C0 03  01 \"a\" C0 05 FF", 7, "a.c.", 11)]
    public void TryRead_Name_IsWholeAndThePositionBehindIt(string hex, int start, string expected, int end)
    {
        var (isRead, text, position) = Read(AnnotatedHex.Parse(hex), start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead, Is.True);
            Assert.That(text, Is.EqualTo(expected));
            Assert.That(position, Is.EqualTo(end));
        }
    }

    [TestCase("", 0, TestName = "Empty")]
    [TestCase("00", 1, TestName = "BehindTheEnd")]
    [TestCase("01", 0, TestName = "LabelCut")]
    [TestCase("01 61", 0, TestName = "NoRoot")]
    [TestCase("C0", 0, TestName = "PointerCut")]
    [TestCase("00 C0", 1, TestName = "PointerCutBehindAName")]
    [TestCase("C0 00", 0, TestName = "PointerToItself")]
    [TestCase("00 C0 03 00", 1, TestName = "PointerForward")]
    [TestCase("01 61 C0 00", 0, TestName = "PointerToItsOwnName")]
    [TestCase("01 61 C0 01", 0, TestName = "PointerIntoItsOwnLabel")]
    [TestCase("C0 02 C0 00", 2, TestName = "TwoPointersInACircle")]
    [TestCase("40 00", 0, TestName = "LabelType40")]
    [TestCase("41 00", 0, TestName = "BitLabel")]
    [TestCase("80 00", 0, TestName = "LabelType80")]
    [TestCase("00 BF 00", 1, TestName = "LabelTypeBF")]
    public void TryRead_NoName_IsRefused(string hex, int start) =>
        Assert.That(Read(AnnotatedHex.Parse(hex), start).IsRead, Is.False);

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void TryRead_PointersToPointers_AreFollowed128Times(int pointers, bool expected)
    {
        var message = new List<byte> { 0 };
        for (int i = 0, last = 0; i < pointers; i++)
        {
            var start = message.Count;
            message.AddRange([(byte)(0xC0 | (last >> 8)), (byte)last]);
            last = start;
        }

        Assert.That(Read([.. message], message.Count - 2).IsRead, Is.EqualTo(expected));
    }

    [Test]
    public void TryRead_127LabelsEachBehindAPointer_AreOneName()
    {
        // 00, then 127 times: a label and a pointer to what stood before it.
        var message = new List<byte> { 0 };
        for (int i = 0, last = 0; i < 127; i++)
        {
            var start = message.Count;
            message.AddRange([1, (byte)'a', (byte)(0xC0 | (last >> 8)), (byte)last]);
            last = start;
        }

        var (isRead, text, _) = Read([.. message], message.Count - 4);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isRead, Is.True);
            Assert.That(text, Is.EqualTo(string.Concat(Enumerable.Repeat("a.", 127))));
        }
    }

    [TestCase(61, true)]
    [TestCase(62, false)]
    public void TryRead_NameThatPointersMakeTooLong_IsRefused(int lastLabel, bool expected)
    {
        byte[] tail = [.. Enumerable.Repeat<byte[]>([63, .. new byte[63]], 3).SelectMany(label => label), 0];
        byte[] message = [.. tail, (byte)lastLabel, .. new byte[lastLabel], 0xC0, 0];

        Assert.That(Read(message, tail.Length).IsRead, Is.EqualTo(expected));
    }

    [Test]
    public void TryRead_NameCutAnywhere_IsRefused()
    {
        var message = AnnotatedHex.Parse("""01 "c" 00  01 "b" C0 00  01 "a" C0 03""");

        foreach (var cut in PacketShapes.Cuts(message))
        {
            Assert.That(Read(cut, 7).IsRead, Is.False, $"{cut.Length} octets");
        }
    }

    [Test]
    public void TryRead_AnyOctets_EndsWithinThem() =>
        Gen.Select(Gen.OneOf(Gen.Byte, Gen.Byte[0, 3], Gen.Const((byte)0xC0)).Array[0, 40], Gen.Int[0, 40]).Sample((message, start) =>
        {
            Span<byte> name = stackalloc byte[WireName.MaxLength];
            var position = start;
            var isRead = NameReader.TryRead(message, ref position, name, out var length);
            var skipped = start;
            var isSkipped = NameReader.TrySkip(message, ref skipped);
            return !isRead
                || (isSkipped
                    && skipped == position
                    && position <= message.Length
                    && WireName.TryMeasure(name[..length], out var measured)
                    && measured == length);
        });

    [Test]
    public void TrySkip_AnyName_MovesBehindIt() =>
        NameGenerators.Any.Sample(name =>
        {
            var position = 1;
            return NameReader.TrySkip([9, .. name, 7], ref position) && position == 1 + name.Length;
        });

    private static (bool IsRead, string Text, int Position) Read(byte[] message, int start)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var position = start;
        var isRead = NameReader.TryRead(message, ref position, name, out var length);
        return (isRead, isRead ? WireName.ToText(name[..length]) : "", position);
    }
}
