using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Files;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Files;

/// <summary>When a look at the disk counts as a change, and where it stops.</summary>
[TestFixture]
internal sealed class ManifestLoaderTests
{
    private const string Service = "kind: Service\nmetadata: {name: a}\nspec: {clusterIP: None}";

    private ManifestTemp _temp = null!;
    private LogCapture _log = null!;
    private ManifestLoader _loader = null!;

    [SetUp]
    public void SetUp()
    {
        _temp = new ManifestTemp();
        _log = new LogCapture();
        var logger = _log.CreateLogger("m");
        var reader = new ManifestFileReader(new ManifestObjectReader(keepPodNames: false, logger));
        _loader = new ManifestLoader(new ManifestFolder(_temp.Path), reader, logger);
    }

    [TearDown]
    public void TearDown()
    {
        _log.Dispose();
        _temp.Dispose();
    }

    [Test]
    public void Load_FirstTime_IsAChangeEvenWithoutFiles()
    {
        Assert.That(_loader.Load(), Is.True);
        Assert.That(_loader.IsLoaded, Is.True);
        Assert.That(_loader.Load(), Is.False);
    }

    [Test]
    public void Load_FileThatWasOnlyTouched_IsStaleButNoChange()
    {
        _temp.Write("a.yaml", Service);
        _loader.Load();
        Assert.That(_loader.IsStale(), Is.False);

        File.SetLastWriteTimeUtc(_temp["a.yaml"], new DateTime(2026, 1, 1));

        Assert.That(_loader.IsStale(), Is.True);
        Assert.That(_loader.Load(), Is.False);
        Assert.That(_loader.IsStale(), Is.False);
    }

    [Test]
    public void Load_ChangeThatKeepsLengthAndTime_IsSeenAllTheSame()
    {
        _temp.Write("a.yaml", Service);
        var time = File.GetLastWriteTimeUtc(_temp["a.yaml"]);
        _loader.Load();

        _temp.Write("a.yaml", Service.Replace("name: a", "name: b"));
        File.SetLastWriteTimeUtc(_temp["a.yaml"], time);

        Assert.That(_loader.IsStale(), Is.False);
        Assert.That(_loader.Load(), Is.True);
    }

    [Test]
    public void Load_FilesThatComeAndGo_AreChanges()
    {
        _loader.Load();
        _temp.Write("a.yaml", "");
        Assert.That(_loader.Load(), Is.True);
        _temp.Delete("a.yaml");
        Assert.That(_loader.Load(), Is.True);
        Assert.That(_loader.Files, Is.Empty);
    }

    [Test]
    public void Load_UnreadableFile_IsStaleUntilItIsReadAndToldOnce()
    {
        File.CreateSymbolicLink(_temp["a.yaml"], "nowhere");
        _loader.Load();
        _loader.Load();

        Assert.That(_loader.IsStale(), Is.True);
        Assert.That(_log.Lines, Has.Count.EqualTo(1));

        _temp.Write("nowhere", Service);
        Assert.That(_loader.Load(), Is.True);
        Assert.That(_loader.IsStale(), Is.False);
    }

    [Test]
    public void Load_MoreFilesThanAllowed_LeavesOutTheLast()
    {
        for (var i = 0; i <= ManifestLimits.MaxFiles; i++)
        {
            _temp.Write($"{i:d4}.yaml", "");
        }

        _loader.Load();

        Assert.That(_loader.Files, Has.Count.EqualTo(ManifestLimits.MaxFiles));
        Assert.That(_log.Lines, Has.Count.EqualTo(1));
        Assert.That(_log.Lines[0], Does.Contain("4000.yaml and those behind it"));
    }

    [Test]
    public void Load_MoreBytesThanAllowed_LeavesOutTheLast()
    {
        var count = (int)(ManifestLimits.MaxTotalBytes / ManifestLimits.MaxFileBytes);
        for (var i = 0; i < count; i++)
        {
            using var file = File.Create(_temp[$"{i}.json"]);
            file.SetLength(ManifestLimits.MaxFileBytes);
        }

        _temp.Write("last.yaml", Service);
        _loader.Load();

        Assert.That(_loader.Files.Select(file => Path.GetFileName(file.Path)), Has.None.EqualTo("last.yaml"));
        Assert.That(_loader.Files, Has.Count.EqualTo(count));
        Assert.That(_loader.IsStale(), Is.False);
        Assert.That(_log.Lines[^1], Does.Contain("last.yaml has 57 bytes, and no more than 0 are read"));
    }
}
