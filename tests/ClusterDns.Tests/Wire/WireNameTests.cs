using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class WireNameTests
{
    private static readonly string Label63 = new('a', 63);

    [TestCase(".", "00")]
    [TestCase("a", "0161 00")]
    [TestCase("a.", "0161 00")]
    [TestCase("a.bc", "0161 026263 00")]
    [TestCase("_Dns._UDP.a.", "045F446E73 045F554450 0161 00")]
    [TestCase(@"a\.b.", "03612E62 00")]
    [TestCase(@"a\", null)]
    [TestCase(@"\000\255", "0200FF 00")]
    [TestCase(@"\097", "0161 00")]
    [TestCase(@"\a", "0161 00")]
    [TestCase(@"a\.", "02612E 00")]
    [TestCase(@"a.\.", "0161 012E 00")]
    [TestCase(@"\\", "015C 00")]
    [TestCase("a b", "03612062 00")]
    [TestCase("", null)]
    [TestCase("..", null)]
    [TestCase(".a", null)]
    [TestCase("a..", null)]
    [TestCase("a..b", null)]
    [TestCase(@"\256", null)]
    [TestCase(@"\25", null)]
    [TestCase(@"\2a5", null)]
    [TestCase("é", null)]
    [TestCase(@"\é", null)]
    public void TryParse_Text_GivesOctetsOrNothing(string text, string? hex)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];

        var parsed = WireName.TryParse(text, wire, out var length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.EqualTo(hex is not null));
            if (parsed)
            {
                Assert.That(Convert.ToHexString(wire[..length]), Is.EqualTo(hex!.Replace(" ", "")));
            }
        }
    }

    [TestCase(63, true)]
    [TestCase(64, false)]
    public void TryParse_Label_HoldsUpTo63Octets(int size, bool expected)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];

        Assert.That(WireName.TryParse(new string('a', size), wire, out _), Is.EqualTo(expected));
    }

    [TestCase(61, true)]
    [TestCase(62, false)]
    public void TryParse_Name_HoldsUpTo255Octets(int lastLabel, bool expected)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        var text = $"{Label63}.{Label63}.{Label63}.{new string('b', lastLabel)}";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WireName.TryParse(text, wire, out _), Is.EqualTo(expected));
            Assert.That(WireName.TryParse(text + ".", wire, out _), Is.EqualTo(expected));
        }
    }

    [TestCase(127, true)]
    [TestCase(128, false)]
    public void TryParse_Name_HoldsUpTo127Labels(int labels, bool expected)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];

        var parsed = WireName.TryParse(string.Join('.', Enumerable.Repeat('a', labels)), wire, out var length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.EqualTo(expected));
            Assert.That(!parsed || WireName.CountLabels(wire[..length]) == labels, Is.True);
        }
    }

    [Test]
    public void ToText_EveryOctet_ComesBackTheSame()
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        for (var octet = 0; octet <= byte.MaxValue; octet++)
        {
            byte[] name = [2, (byte)octet, (byte)'x', 0];
            var text = WireName.ToText(name);

            Assert.That(WireName.TryParse(text, wire, out var length), Is.True, text);
            Assert.That(wire[..length].ToArray(), Is.EqualTo(name), text);
            Assert.That(text.All(character => character is > ' ' and < (char)0x7F), Is.True, text);
        }
    }

    [Test]
    public void ToText_AnyName_ComesBackTheSame() =>
        NameGenerators.Any.Sample(name =>
        {
            Span<byte> wire = stackalloc byte[WireName.MaxLength];
            return WireName.TryParse(WireName.ToText(name), wire, out var length) && wire[..length].SequenceEqual(name);
        });

    [TestCase("012E00", @"\..")]
    [TestCase("0120 0122 015C 0128 0129 013B 0140 0124 00", """\032.\".\\.\(.\).\;.\@.\$.""")]
    [TestCase("0100 017F 01FF 00", @"\000.\127.\255.")]
    [TestCase("00", ".")]
    public void ToText_OctetsThatMeanSomethingInText_AreEscaped(string hex, string expected) =>
        Assert.That(WireName.ToText(Convert.FromHexString(hex.Replace(" ", ""))), Is.EqualTo(expected));

    [Test]
    public void ToText_LongestName_FitsItsBuffer()
    {
        byte[] name = [.. Enumerable.Repeat<byte[]>([62, .. new byte[62]], 4).SelectMany(label => label), 1, 0, 0];

        Assert.That(WireName.ToText(name), Has.Length.EqualTo((249 * 4) + 5));
    }

    [Test]
    public void ToLower_EveryOctet_FoldsAsciiLettersOnly()
    {
        for (var octet = 0; octet <= byte.MaxValue; octet++)
        {
            byte[] name = [3, (byte)'Z', (byte)octet, (byte)'Q', 0];
            var lower = new byte[name.Length];

            WireName.ToLower(name, lower);

            var expected = octet is >= 'A' and <= 'Z' ? octet + 32 : octet;
            Assert.That(lower, Is.EqualTo(new byte[] { 3, (byte)'z', (byte)expected, (byte)'q', 0 }));
        }
    }

    [Test]
    public void EqualsIgnoreCase_AnyTwoNames_SaysWhatFoldingBothSays() =>
        Gen.Select(NameGenerators.Any, NameGenerators.Any, Gen.Byte.Array[255]).Sample((left, other, flips) =>
        {
            var right = left.Select((octet, i) => char.IsAsciiLetter((char)octet) && flips[i] > 127 ? (byte)(octet ^ 0x20) : octet);
            return WireName.EqualsIgnoreCase(left, [.. right])
                && WireName.EqualsIgnoreCase(left, other) == Fold(left).SequenceEqual(Fold(other));
        });

    [Test]
    public void TryMeasure_AnyNameWithOctetsBehind_FindsItsEnd() =>
        Gen.Select(NameGenerators.Any, Gen.Byte.Array[0, 5]).Sample((name, behind) =>
            WireName.TryMeasure([.. name, .. behind], out var length) && length == name.Length);

    [TestCase("")]
    [TestCase("01")]
    [TestCase("0161")]
    [TestCase("C00C")]
    [TestCase("4100")]
    [TestCase("8000")]
    public void TryMeasure_NoName_IsRefused(string hex) =>
        Assert.That(WireName.TryMeasure(Convert.FromHexString(hex), out _), Is.False);

    [Test]
    public void TryMeasure_Over255Octets_IsRefused()
    {
        byte[] longest = [.. Enumerable.Repeat<byte[]>([1, (byte)'a'], 127).SelectMany(label => label), 0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(WireName.TryMeasure(longest, out _), Is.True);
            Assert.That(WireName.TryMeasure([1, 1, .. longest], out _), Is.False);
            Assert.That(WireName.TryMeasure([.. longest[..^1], 1, 1, 0], out _), Is.False);
        }
    }

    // Length octets are below 64 and stay as they are.
    private static byte[] Fold(byte[] name) => [.. name.Select(octet => octet is >= 65 and <= 90 ? (byte)(octet + 32) : octet)];
}
