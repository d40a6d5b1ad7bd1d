using System.Text;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Files;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Files;

/// <summary>One file: how its bytes are read, and what it keeps of its former state.</summary>
[TestFixture]
internal sealed class ManifestFileTests
{
    private readonly ManifestFileReader _reader = new(new ManifestObjectReader(keepPodNames: false, NullLogger.Instance));

    [TestCase("\uFEFF{0}")]
    [TestCase("\uFEFF---\r\n{0}\r\n---\r\n")]
    [TestCase("# comment\n{0}\n# comment\n")]
    public void Read_MarksAndBreaksAroundADocument_DoNotMatter(string text) =>
        Assert.That(Describe(Read("f.yaml", text.Replace("{0}", Service("a")))), Is.EqualTo("Service default/a"));

    [Test]
    public void Read_JsonFile_IsReadAsJson()
    {
        const string Json = """{"kind": "Service", "metadata": {"name": "a"}, "spec": {"clusterIP": "None"}}""";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Describe(Read("f.json", "\uFEFF" + Json)), Is.EqualTo("Service default/a"));
            Assert.That(Describe(Read("f.yaml", Json)), Is.EqualTo("Service default/a"));
            Assert.That(Describe(Read("F.JSON", "// no\n" + Json)), Does.StartWith("F.JSON:1!"));
        }
    }

    [Test]
    public void Read_HalfASurrogatePairInJson_IsAProblem() =>
        Assert.That(
            Describe(Read("f.json", """{"kind": "Service", "metadata": {"name": "a"}, "spec": {"selector": {"\ud800": "b"}}} {"kind": "\udc00"}""")),
            Does.Match("^f.json:1! .+ f.json:1! [^!]+$"));

    [Test]
    public void Read_WhatIsNotUtf8_IsAProblemOnItsLine()
    {
        byte[] latin1 = [.. "a: 1\nb: "u8, 0xe9, .. "\nc: 3"u8];

        Assert.That(Describe(_reader.Read("f.yaml", latin1, default)), Is.EqualTo("f.yaml:2! The text is not UTF-8."));
    }

    [Test]
    public void Read_Utf16_IsAProblem() =>
        Assert.That(Describe(_reader.Read("f.yaml", Encoding.Unicode.GetBytes("\uFEFFa: 1"), default)), Is.EqualTo("f.yaml:1! The text is not UTF-8."));

    [Test]
    public void Read_MoreDocumentsThanAllowed_StopsWithAProblem()
    {
        var text = string.Concat(Enumerable.Repeat("{\"kind\":\"X\"}\n", ManifestLimits.MaxDocuments + 2));

        Assert.That(Describe(Read("f.json", text)), Is.EqualTo("f.json:100001! More than 100000 documents in one file."));
    }

    [Test]
    public void KeepingFrom_BrokenDocument_KeepsAllThatIsMissing()
    {
        var before = Read("f.yaml", $"{Service("a")}\n---\n{Service("b")}");
        var after = Read("f.yaml", $"{Service("a", "10.96.0.9")}\n---\nb: [\n---\n{Service("c")}").KeepingFrom(before);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Describe(after), Does.StartWith("Service default/a Service default/c Service default/b(kept) f.yaml:"));
            Assert.That(after.Objects[0].Position.Line, Is.EqualTo(1));
            Assert.That(after.KeptCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void KeepingFrom_DocumentBrokenForLong_IsKeptOn()
    {
        var good = Read("f.yaml", Service("a"));
        var broken = Read("f.yaml", "a: [").KeepingFrom(good);
        var stillBroken = Read("f.yaml", $"a: [1\n---\n{Service("b")}").KeepingFrom(broken);
        var mended = Read("f.yaml", Service("b")).KeepingFrom(stillBroken);

        Assert.That(Describe(stillBroken), Does.StartWith("Service default/b Service default/a(kept) "));
        Assert.That(Describe(mended), Is.EqualTo("Service default/b"));
    }

    [Test]
    public void KeepingFrom_ObjectWithABadPart_StaysAsItWasGood()
    {
        var good = Read("f.yaml", Service("a"));
        var bad = Read("f.yaml", "\n" + Service("a", "10.96.0.999")).KeepingFrom(good);
        var worse = Read("f.yaml", "\n\n" + Service("a", "10.96.0.998")).KeepingFrom(bad);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bad.Objects.Single().Record, Is.SameAs(good.Objects.Single().Record));
            Assert.That(worse.Objects.Single().Record, Is.SameAs(good.Objects.Single().Record));
            Assert.That(bad.KeptCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void KeepingFrom_GoodFile_KeepsNothing()
    {
        var before = Read("f.yaml", $"{Service("a")}\n---\n{Service("b")}");

        Assert.That(Describe(Read("f.yaml", Service("a")).KeepingFrom(before)), Is.EqualTo("Service default/a"));
        Assert.That(Describe(Read("f.yaml", "").KeepingFrom(before)), Is.Empty);
    }

    private static string Service(string name, string address = "10.96.0.1") =>
        $"kind: Service\nmetadata: {{name: {name}}}\nspec: {{clusterIP: {address}}}";

    private static string Describe(ManifestFile file) => string.Join(' ', file.Objects
        .Select(item => $"{item}{(item.IsKept ? "(kept)" : "")}")
        .Concat(file.Problems.Shown.Select(problem => $"{problem.Position}! {problem.Text}")));

    private ManifestFile Read(string path, string text) => _reader.Read(path, Encoding.UTF8.GetBytes(text), default);
}
