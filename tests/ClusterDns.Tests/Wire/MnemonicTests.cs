using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

[TestFixture]
internal sealed class MnemonicTests
{
    [Test]
    public void TryParse_WhatOfWrites_IsEveryType() =>
        Assert.That(
            Enumerable.Range(0, ushort.MaxValue + 1).Select(number => (RecordType)number).Where(type =>
                !Mnemonic.TryParse(Mnemonic.Of(type), out var parsed) || parsed != type),
            Is.Empty);

    [TestCase("aaaa", RecordType.AAAA)]
    [TestCase("TYPE1", RecordType.A)]
    [TestCase("type257", RecordType.CAA)]
    public void TryParse_OtherSpellings_AreTaken(string text, RecordType expected)
    {
        Assert.That(Mnemonic.TryParse(text, out var type), Is.True);
        Assert.That(type, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("TYPE")]
    [TestCase("TYPE65536")]
    [TestCase("TYPE-1")]
    [TestCase("TYPE 1")]
    [TestCase("A6X")]
    public void TryParse_NoType_IsRefused(string text) => Assert.That(Mnemonic.TryParse(text, out _), Is.False);
}
