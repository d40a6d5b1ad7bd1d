using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Files;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Files;

[TestFixture]
internal sealed class ManifestFolderTests
{
    private ManifestTemp _temp = null!;

    [SetUp]
    public void SetUp() => _temp = new ManifestTemp();

    [TearDown]
    public void TearDown() => _temp.Dispose();

    [Test]
    public void List_Directory_HasManifestsInOrderOfNames()
    {
        foreach (var name in new[] { "b.yaml", "a.yml", "c.json", "B.YAML", "b/z.yaml", "b/a/x.yaml", "a.txt", "README.md", "yaml", "x.yaml~" })
        {
            _temp.Write(name, "");
        }

        Assert.That(Names(), Is.EqualTo("B.YAML a.yml b/a/x.yaml b/z.yaml b.yaml c.json"));
    }

    [Test]
    public void List_NamesWithLeadingDot_ArePassedOver()
    {
        _temp.Write(".hidden.yaml", "").Write("..data/a.yaml", "").Write(".git/b.yaml", "").Write(".#c.yaml", "").Write("d.yaml", "");

        Assert.That(Names(), Is.EqualTo("d.yaml"));
    }

    [Test]
    public void List_MountedConfigMap_HasEachFileOnce()
    {
        _temp.Write("..2026_11_22/a.yaml", "a: 1");
        Directory.CreateSymbolicLink(_temp["..data"], "..2026_11_22");
        File.CreateSymbolicLink(_temp["a.yaml"], "..data/a.yaml");

        var entry = List().Entries.Single();

        Assert.That(entry.Path, Is.EqualTo(_temp["a.yaml"]));
        Assert.That(entry.Length, Is.EqualTo(4));
    }

    [Test]
    public void List_LinkedDirectory_IsPassedOver()
    {
        _temp.Write("a/a.yaml", "");
        Directory.CreateSymbolicLink(_temp["a/loop"], _temp.Path);

        Assert.That(Names(), Is.EqualTo("a/a.yaml"));
    }

    [Test]
    public void List_LinksToNowhereAndToThemselves_AreFilesOfUnknownLength()
    {
        File.CreateSymbolicLink(_temp["a.yaml"], "nowhere");
        File.CreateSymbolicLink(_temp["b.yaml"], "b.yaml");

        Assert.That(List().Entries.Select(entry => entry.Length), Is.EqualTo([ManifestEntry.Unknown, ManifestEntry.Unknown]));
        Assert.That(List().Error, Is.Null);
    }

    [Test]
    public void List_DirectoriesBelowTheDeepest_ArePassedOver()
    {
        var deepest = string.Concat(Enumerable.Repeat("d/", ManifestLimits.MaxDirectoryDepth));
        _temp.Write(deepest + "a.yaml", "").Write(deepest + "d/b.yaml", "");

        Assert.That(Names(), Is.EqualTo(deepest + "a.yaml"));
    }

    [Test]
    public void List_File_IsTheOnlyEntryWhateverItsName()
    {
        _temp.Write("dump", "a: 1").Write("b.yaml", "");

        Assert.That(List("dump").Entries.Single().Path, Is.EqualTo(_temp["dump"]));
    }

    [Test]
    public void List_Nothing_IsAnError()
    {
        var listing = List("nothing");

        Assert.That(listing.Error, Is.EqualTo($"'{_temp["nothing"]}' does not exist"));
        Assert.That(listing.Entries, Is.Empty);
    }

    [Test]
    public void Listing_OfTheSameFiles_IsEqual()
    {
        _temp.Write("a.yaml", "a: 1").Write("b.yaml", "b: 1");

        Assert.That(List(), Is.EqualTo(List()));
    }

    [Test]
    public void Listing_AfterAChange_IsNotEqual()
    {
        _temp.Write("a.yaml", "a: 1");
        var before = List();

        _temp.Write("a.yaml", "a: 12");
        var longer = List();
        File.SetLastWriteTimeUtc(_temp["a.yaml"], new DateTime(2026, 1, 1));
        var older = List();
        _temp.Write("b.yaml", "");
        var more = List();

        Assert.That(new[] { before, longer, older, more }, Is.Unique);
    }

    private ManifestListing List(string below = "") => new ManifestFolder(_temp[below]).List();

    private string Names() => string.Join(' ', List().Entries.Select(entry => Path.GetRelativePath(_temp.Path, entry.Path)));
}
