using System.IO.Compression;
using ClusterDns.Testing;

namespace ClusterDns.Fuzzing;

/// <summary>
/// The inputs of a target: those with a name of their own, each in a file, by hand or once found; and in one archive those
/// that afl-fuzz kept because each reaches something that the others do not.
/// </summary>
internal static class Corpus
{
    private const string Folder = "tests/ClusterDns.Fuzzing/corpus";

    /// <summary>The archive is the same for the same inputs.</summary>
    private static readonly DateTimeOffset AnyTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Every input and what it is called, in the order of the names.</summary>
    public static IEnumerable<(string Name, byte[] Input)> Read(string target) => ReadFiles(target).Concat(ReadArchive(target));

    /// <summary>Writes every input as a file into a folder.</summary>
    public static void Unpack(string target, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, input) in Read(target))
        {
            File.WriteAllBytes(Path.Combine(folder, name), input);
        }
    }

    /// <summary>Replaces the archive by the files of a folder, those left out that have a name of their own.</summary>
    public static void Pack(string target, string folder)
    {
        var named = ReadFiles(target).Select(entry => Convert.ToHexString(entry.Input)).ToHashSet();
        var inputs = Directory.GetFiles(folder)
            .Select(File.ReadAllBytes)
            .Where(input => named.Add(Convert.ToHexString(input)))
            .OrderBy(input => input.Length)
            .ThenBy(Convert.ToHexString, StringComparer.Ordinal);
        using var file = File.Create(ArchiveOf(target));
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (index, input) in inputs.Index())
        {
            var entry = archive.CreateEntry($"{index:d4}", CompressionLevel.SmallestSize);
            entry.LastWriteTime = AnyTime;
            using var content = entry.Open();
            content.Write(input);
        }
    }

    private static string ArchiveOf(string target) => RepositoryFiles.PathOf($"{Folder}/{target}.zip");

    private static IEnumerable<(string Name, byte[] Input)> ReadFiles(string target) =>
        Directory.GetFiles(RepositoryFiles.PathOf($"{Folder}/{target}"))
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)));

    private static IEnumerable<(string Name, byte[] Input)> ReadArchive(string target)
    {
        if (!File.Exists(ArchiveOf(target)))
        {
            yield break;
        }

        using var archive = ZipFile.OpenRead(ArchiveOf(target));
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
            {
                stream.CopyTo(content);
            }

            yield return (entry.Name, content.ToArray());
        }
    }
}
