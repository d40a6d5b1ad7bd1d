using System.Buffers.Binary;
using System.Security.Cryptography;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Snapshots;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Snapshots;

/// <summary>A file that is not exactly what was written is not served, and does no harm.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SnapshotDamageTests : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void File_CutAtEveryOctet_IsRefused()
    {
        var whole = _folder.WriteSmallCluster();
        for (var length = 0; length < whole.Length; length++)
        {
            Assert.That(IsNoSnapshot(whole[..length]), Is.True, $"{length} of {whole.Length} octets");
        }

        Assert.That(IsRefused([.. whole, 0]), Is.True, "an octet too many");
        Assert.That(IsRefused(whole), Is.False);
    }

    [Test]
    public void File_WithAnyOctetChanged_IsRefused()
    {
        var whole = _folder.WriteSmallCluster();
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var change in new byte[] { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF })
            {
                whole[at] ^= change;
                Assert.That(IsNoSnapshot(whole), Is.True, $"octet {at} xor {change}");
                whole[at] ^= change;
            }
        }

        Assert.That(IsNoSnapshot(whole), Is.False);
    }

    /// <summary>The checksum keeps no one out: what follows has one that is right.</summary>
    [Test]
    public void Content_OfAnyOctetsUnderAGoodChecksum_NeitherThrowsNorTakesMemory() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[1, 6].Sample(
            changes =>
            {
                using var folder = new SnapshotFolder();
                var file = folder.WriteSmallCluster();
                foreach (var (at, octet) in changes)
                {
                    file[SnapshotFormat.HeaderSize + (at % (file.Length - SnapshotFormat.HeaderSize - SnapshotFormat.TrailerSize))] = octet;
                }

                File.WriteAllBytes(folder.Path, Seal(file));
                var before = GC.GetAllocatedBytesForCurrentThread();
                var zone = folder.Read();

                Assert.That(zone is not null || folder.Logger.Lines.Length == 1, Is.True);
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 << 20));
            },
            iter: 300,
            threads: 1);

    [TestCase("02 0161 0161 00 FFFFFFFF07", TestName = "More cluster addresses than the file has octets")]
    [TestCase("03 0161 0161 0161 00 FFFFFFFF07", TestName = "More groups than the file has octets")]
    [TestCase("03 0161 0161 0161 00 01 04 00 FFFF3F", TestName = "More endpoints than the file has octets")]
    [TestCase("03 0161 0161 0161 FFFFFFFFFFFF", TestName = "A number that does not end")]
    [TestCase("03 0161 0161 0161 FFFFFFFF0F", TestName = "A number below zero")]
    [TestCase("01 FF61", TestName = "A name longer than the file")]
    [TestCase("02 0161 0161 07", TestName = "A service of no kind")]
    [TestCase("06 00", TestName = "An object of no kind")]
    [TestCase("05 0161 0161 00 05 0102030405", TestName = "An address of five octets")]
    [TestCase("02 0161 0161 02 00 00 02 4161", TestName = "A target that is no name")]
    [TestCase("00 00", TestName = "Something behind the end")]
    [TestCase("01 0161", TestName = "No end")]
    public void Content_ThatIsNone_IsRefused(string octets)
    {
        var file = _folder.WriteSmallCluster();
        byte[] body = Convert.FromHexString(octets.Replace(" ", ""));
        byte[] forged = [.. file[..SnapshotFormat.HeaderSize], .. body, .. new byte[SnapshotFormat.TrailerSize]];

        Assert.That(IsRefused(Seal(forged)), Is.True);
        Assert.That(_folder.Logger.Lines, Has.Some.EndWith("its checksum is right, but its content is not"));
    }

    [Test]
    public void Format_OfTomorrow_IsRefused()
    {
        var file = _folder.WriteSmallCluster();
        file[SnapshotFormat.Magic.Length]++;
        AssertRefused(Seal(file), "it is of format 2, not 1");
    }

    [Test]
    public void File_OfSomethingElse_IsRefused() => AssertRefused(new byte[4096], "it is something else");

    [Test]
    public void File_OfALine_IsRefused() => AssertRefused("names\n"u8.ToArray(), "it is too short to be one");

    [Test]
    public void Snapshot_OlderThanAllowed_IsRefused()
    {
        var file = _folder.WriteSmallCluster();
        _folder.Time.Advance(SnapshotFolder.MaxAge);
        Assert.That(IsRefused(file), Is.False);
        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        AssertRefused(file, "it is too old");
    }

    [Test]
    public void Snapshot_FromTheFuture_IsRefused()
    {
        var file = _folder.WriteSmallCluster();
        _folder.Time.Advance(-TimeSpan.FromSeconds(59));
        Assert.That(IsRefused(file), Is.False);
        _folder.Time.Advance(-TimeSpan.FromSeconds(2));
        AssertRefused(file, "it is from the future");
    }

    [Test]
    public void Snapshot_OfOtherObjects_IsRefused()
    {
        var file = _folder.WriteSmallCluster();
        _folder.Source = new ClusterSourceOptions { LabelSelector = "team=dns" };
        AssertRefused(file, "it was written for other options of the kubernetes plugin");
    }

    [Test]
    public void File_TooLarge_IsRefused()
    {
        using var folder = new SnapshotFolder { Limits = new SnapshotLimits { MaxFileSize = 100 } };
        folder.WriteSmallCluster();
        Assert.That(folder.Read(), Is.Null);
        Assert.That(folder.Logger.Lines.Single(), Does.EndWith("it has more than 100 octets"));
    }

    private void AssertRefused(byte[] file, string reason)
    {
        Assert.That(IsRefused(file), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_folder.Logger.Lines, Is.EqualTo(new[] { $"Warning: The snapshot {_folder.Path} is not used: {reason}" }));
            Assert.That(_folder.Told.ReadFailures, Is.EqualTo(1));
        }
    }

    /// <summary>Nothing is handed on of a file that is refused.</summary>
    private bool IsRefused(byte[] file)
    {
        File.WriteAllBytes(_folder.Path, file);
        return _folder.Read() is null;
    }

    private bool IsNoSnapshot(byte[] octets)
    {
        var now = _folder.Time.GetUtcNow();
        using var file = new MemoryStream(octets);
        var reader = SnapshotReader.Open(file, SourceFingerprint.Of(_folder.Source), now, now, out var refusal);
        Assert.That(refusal.Length > 0, Is.EqualTo(reader is null));
        return reader is null;
    }

    private static byte[] Seal(byte[] file)
    {
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(file.Length - SnapshotFormat.TrailerSize), file.Length - SnapshotFormat.TrailerSize);
        SHA256.HashData(file.AsSpan(0, file.Length - SnapshotFormat.HashSize), file.AsSpan(file.Length - SnapshotFormat.HashSize));
        return file;
    }
}
