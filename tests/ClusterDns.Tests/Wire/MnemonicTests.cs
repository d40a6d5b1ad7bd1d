using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

[TestFixture]
internal sealed class MnemonicTests
{
    [Test]
    public void Types_AllOfThem_AreReadAsTheyAreWritten() =>
        Assert.That(
            Enumerable.Range(0, ushort.MaxValue + 1).Select(number => (RecordType)number).Where(type =>
                !Mnemonic.TryParse(Mnemonic.Of(type), out RecordType parsed) || parsed != type),
            Is.Empty);

    [TestCase("aaaa", 28)]
    [TestCase("Https", 65)]
    [TestCase("DLV", 32769)]
    [TestCase("TYPE0", 0)]
    [TestCase("type28", 28)]
    [TestCase("TYPE65535", 65535)]
    public void Type_Written_IsRead(string text, int expected)
    {
        Assert.That(Mnemonic.TryParse(text, out RecordType type), Is.True);
        Assert.That((int)type, Is.EqualTo(expected));
    }

    [TestCase("in", 1)]
    [TestCase("CH", 3)]
    [TestCase("CLASS255", 255)]
    public void Class_Written_IsRead(string text, int expected)
    {
        Assert.That(Mnemonic.TryParse(text, out RecordClass recordClass), Is.True);
        Assert.That((int)recordClass, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("TYPE")]
    [TestCase("TYPE-1")]
    [TestCase("TYPE65536")]
    [TestCase("1")]
    [TestCase("NONE")]
    [TestCase("CLASS1")]
    public void Type_NotKnown_IsRefused(string text) => Assert.That(Mnemonic.TryParse(text, out RecordType _), Is.False);

    [TestCase("")]
    [TestCase("CS")]
    [TestCase("TYPE1")]
    [TestCase("CLASS65536")]
    public void Class_NotKnown_IsRefused(string text) => Assert.That(Mnemonic.TryParse(text, out RecordClass _), Is.False);
}
