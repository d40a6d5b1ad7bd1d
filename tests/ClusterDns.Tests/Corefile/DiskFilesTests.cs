using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class DiskFilesTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("corefile").FullName;
        Write("Corefile", ". {\n  import custom/*.override\n  import zones/?/*.conf\n}\n");
        Write("custom/b.override", "log");
        Write("custom/a.override", "errors");
        Write("custom/.hidden.override", "cache");
        Write("custom/A.OVERRIDE", "nosuch");
        Write("zones/1/x.conf", "whoami");
        Write("zones/22/x.conf", "nosuch");
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Patterns_OnDisk_MatchHiddenFilesInOrdinalOrderWithTheirCase()
    {
        var loader = new CorefileLoader(new DiskFiles(), _ => null, CorefileFixture.KnownDirectives);

        Assert.That(
            CorefileNotation.Write(loader.LoadFile(Path.Combine(_folder, "Corefile")).Blocks),
            Is.EqualTo(". {\n    cache\n    errors\n    log\n    whoami\n}\n"));
    }

    [Test]
    public void Find_OfAPattern_IsInOrdinalOrder()
    {
        // The order of a folder's entries is the file system's own; one of these two folders would come out unsorted.
        string[] names = [.. Enumerable.Range(10, 50).Select(number => $"{number}.conf")];
        foreach (var name in names)
        {
            Write($"up/{name}", "");
        }

        foreach (var name in names.Reverse())
        {
            Write($"down/{name}", "");
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (var folder in (string[])["up", "down"])
            {
                var found = new DiskFiles().Find(Path.Combine(_folder, folder, "*.conf"));
                Assert.That(found.Select(Path.GetFileName), Is.EqualTo(names));
            }
        }
    }

    [Test]
    public void Find_OfAPatternThroughLinks_GivesTheNamesOfTheLinks()
    {
        // As the kubelet mounts a ConfigMap: each key links through a link that is swapped when the object changes.
        Write("mount/..2026_11_22/Corefile", "");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "mount/..data"), "..2026_11_22");
        File.CreateSymbolicLink(Path.Combine(_folder, "mount/Corefile"), "..data/Corefile");

        Assert.That(
            new DiskFiles().Find(Path.Combine(_folder, "mount/C*")),
            Is.EqualTo([Path.Combine(_folder, "mount/Corefile")]));
    }

    [TestCase("Corefile", true)]
    [TestCase("custom", true)]
    [TestCase("nosuch", false)]
    [TestCase("nosuch/*", false)]
    [TestCase("Corefile/*", false)]
    [TestCase("*/nosuch", false)]
    [TestCase("cust?m/a.*", true)]
    [TestCase("custom/*.server", false)]
    public void Find_OfAPath_TellsWhetherItExists(string path, bool exists)
    {
        Assert.That(new DiskFiles().Find(Path.Combine(_folder, path)), exists ? Has.Count.EqualTo(1) : Is.Empty);
    }

    [Test]
    public void Open_OfAFolder_Fails()
    {
        Assert.That(
            () => new DiskFiles().Open(_folder),
            Throws.TypeOf<IOException>().With.Message.EqualTo("is a directory"));
    }

    [Test]
    public void Load_OfAFileThatIsGone_SaysSo()
    {
        var path = Path.Combine(_folder, "gone");
        var loader = new CorefileLoader(new DiskFiles(), _ => null, []);

        Assert.That(
            () => loader.LoadFile(path),
            Throws.TypeOf<CorefileException>().With.Message.StartsWith($"{path} cannot be read: "));
    }

    [Test]
    public void Load_OfAnEndlessFile_StopsAtTheLimit()
    {
        var loader = new CorefileLoader(new DiskFiles(), _ => null, []);

        Assert.That(
            () => loader.LoadFile("/dev/zero"),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo("/dev/zero cannot be read: longer than 4194304 octets"));
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
