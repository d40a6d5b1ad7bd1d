using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class QuestionNameTests
{
    [Test]
    public void TrySet_Name_IsFoldedAndCutIntoLabels()
    {
        var name = new QuestionName();

        var isSet = name.TrySet(AnnotatedHex.Parse("""03 "Api" 03 "SVC" 01 "Z" 00 "and more" """));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSet, Is.True);
            Assert.That(name.Length, Is.EqualTo(11));
            Assert.That(name.LabelCount, Is.EqualTo(3));
            Assert.That(name.Label(0).SequenceEqual("api"u8), Is.True);
            Assert.That(name.Label(2).SequenceEqual("z"u8), Is.True);
            Assert.That(name.From(1).SequenceEqual(AnnotatedHex.Parse("""03 "svc" 01 "z" 00""")), Is.True);
            Assert.That(name.From(3).SequenceEqual(WireName.Root), Is.True);
            Assert.That(name.OffsetOf(3), Is.EqualTo(10));
        }
    }

    [Test]
    public void TrySet_AnyName_SaysOfItWhatDnsNameSays() =>
        NameGenerators.Any.Sample(wire =>
        {
            var name = new QuestionName();
            var expected = DnsName.FromWire(wire);
            return name.TrySet(wire)
                && name.Wire.SequenceEqual(expected.Wire)
                && name.LabelCount == expected.LabelCount
                && name.OffsetOf(name.LabelCount) == wire.Length - 1
                && Enumerable.Range(0, name.LabelCount + 1).All(i => name.IsAtOrBelow(DnsName.FromWire(name.From(i))));
        });

    [Test]
    public void TrySet_AnyNameCutAnywhere_IsRefusedAndLeavesTheRoot() =>
        NameGenerators.Any.Sample(wire =>
        {
            var name = new QuestionName();
            for (var length = 0; length < wire.Length; length++)
            {
                name.TrySet([1, (byte)'a', 1, (byte)'b', 0]);
                if (name.TrySet(wire.AsSpan(0, length)) || !name.Wire.SequenceEqual(WireName.Root) || name.LabelCount != 0)
                {
                    return false;
                }
            }

            return true;
        });

    [Test]
    public void IsAtOrBelow_ZoneWithMoreLabels_IsFalse()
    {
        var name = new QuestionName();
        name.TrySet([1, (byte)'b', 0]);

        Assert.That(name.IsAtOrBelow(DnsName.Parse("a.b")), Is.False);
    }

    [Test]
    public void New_IsTheRoot()
    {
        var name = new QuestionName();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(name.Wire.SequenceEqual(WireName.Root), Is.True);
            Assert.That(name.IsAtOrBelow(DnsName.Root), Is.True);
        }
    }
}
