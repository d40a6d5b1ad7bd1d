using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Documents;

[TestFixture]
internal sealed class JsonDocumentsTests
{
    [TestCase("{}", "1 {}")]
    [TestCase(" \r\n\t{\"a\": [1]} \n", "2 {\"a\": [1]}")]
    [TestCase("{\"a\":1}\n{\"b\":2}{\"c\":3}", "1 {\"a\":1}\n2 {\"b\":2}\n2 {\"c\":3}")]
    [TestCase("", "")]
    [TestCase("\n\n", "")]
    public void Read_Objects_GivesEachWithItsLine(string json, string expected) =>
        Assert.That(DocumentText.OfJson(json), Is.EqualTo(expected));

    [TestCase("// comment\n{}", "1! ")]
    [TestCase("{\n  /* comment */\n}", "2! ")]
    [TestCase("{\n\"a\": 1,\n}", "3! ")]
    [TestCase("{\"a\": 1", "1! ")]
    [TestCase("{'a': 1}", "1! ")]
    [TestCase("{\"a\": \"open\n\"}", "1! ")]
    [TestCase("{\"a\": 01}", "1! ")]
    [TestCase("a: 1", "1! ")]
    public void Read_WhatIsNotJson_IsAProblemOnItsLine(string json, string expected)
    {
        var text = DocumentText.OfJson("{\"before\":1}\n" + json);
        var line = int.Parse(expected[..1]) + 1;

        Assert.That(text, Does.Match($"^1 {{\"before\":1}}\n{line}! [^\n]*[.]$"));
        Assert.That(text, Does.Not.Contain("LineNumber"));
    }

    [TestCase("[{}]")]
    [TestCase("1")]
    [TestCase("null")]
    [TestCase("\"text\"")]
    public void Read_WhatIsNoObject_IsAProblemAndTheRestIsRead(string json) =>
        Assert.That(DocumentText.OfJson($"{json}\n{{}}"), Is.EqualTo("2 {}\n1! The document is not an object."));

    [Test]
    public void Read_EndlessNesting_IsRefused() =>
        Assert.That(DocumentText.OfJson(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))), Does.StartWith("1! "));
}
