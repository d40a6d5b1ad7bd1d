using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class CorefileFingerprintTests
{
    private const string Corefile = ". {\n  cache 30 {\n    success 10\n  }\n  log\n}\n";

    [Test]
    public void Fingerprint_OfOneText_IsAlwaysTheSame()
    {
        var first = Of(Corefile);

        Assert.That(first, Does.Match("^[0-9a-f]{128}$"));
        Assert.That(Of(Corefile), Is.EqualTo(first));
    }

    [TestCase(". {\n  cache 30 {  # half a minute\n    success 10\n  }\n  log   \n}\n# end\n")]
    [TestCase(". {\r\n\tcache \"30\" {\n    success 10\n  }\n  log\n}\n")]
    public void Fingerprint_AfterAChangeThatMovesNoWord_IsTheSame(string changed)
    {
        Assert.That(Of(changed), Is.EqualTo(Of(Corefile)));
    }

    [TestCase("\n. {\n  cache 30 {\n    success 10\n  }\n  log\n}\n")]
    [TestCase(". {\n  cache 31 {\n    success 10\n  }\n  log\n}\n")]
    [TestCase("a {\n  cache 30 {\n    success 10\n  }\n  log\n}\n")]
    [TestCase(". {\n  cache 30 {\n    success 10\n  }\n  log {\n }\n}\n")]
    [TestCase(". {\n  cache 30 {\n    success 10\n  }\n  log\n}\nb {\n}")]
    [TestCase(". {\n  cache 30\n    errors 10\n\n  log\n}\n")]
    [TestCase(". {\n  cache 3 0 {\n    success 10\n  }\n  log\n}\n")]
    public void Fingerprint_AfterAnyOtherChange_Differs(string changed)
    {
        Assert.That(Of(changed), Is.Not.EqualTo(Of(Corefile)));
    }

    [Test]
    public void Fingerprint_WithAnotherEnvironment_Differs()
    {
        Assert.That(
            CorefileFingerprint.Of(new CorefileFixture { Environment = { ["X"] = "1" } }.Load(". {\ncache {$X}\n}")),
            Is.Not.EqualTo(Of(". {\ncache {$X}\n}")));
    }

    [Test]
    public void Fingerprint_WithAnotherImportedFile_Differs()
    {
        const string Importing = ". {\n  import one\n}";

        Assert.That(
            CorefileFingerprint.Of(new CorefileFixture().With("one", "log").Load(Importing)),
            Is.Not.EqualTo(CorefileFingerprint.Of(new CorefileFixture().With("one", "\nlog").Load(Importing))));
    }

    [Test]
    public void Fingerprint_OfTheSameWordsInAnotherFile_Differs()
    {
        var fixture = new CorefileFixture().With("one", "log").With("two", "log");

        Assert.That(
            CorefileFingerprint.Of(fixture.Load(". {\n  import one\n}")),
            Is.Not.EqualTo(CorefileFingerprint.Of(fixture.Load(". {\n  import two\n}"))));
    }

    private static string Of(string corefile) => CorefileFingerprint.Of(new CorefileFixture().Load(corefile));
}
