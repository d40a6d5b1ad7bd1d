namespace ClusterDns.Corefile;

/// <summary>The file system. What cannot be listed matches nothing, as with a shell's pattern.</summary>
internal sealed class DiskFiles : ICorefileFiles
{
    private static readonly EnumerationOptions EveryEntry = new()
    {
        // The default skips hidden files; CoreDNS's patterns see them.
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        MatchType = MatchType.Simple,
        MatchCasing = MatchCasing.CaseSensitive,
    };

    public IReadOnlyList<string> Find(string pattern)
    {
        IEnumerable<string> matches = ["/"];
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            matches = segment.AsSpan().ContainsAny('*', '?')
                ? matches.SelectMany(directory => List(directory, segment))
                : matches.Select(directory => Path.Join(directory, segment));
        }

        return [.. matches.Where(Path.Exists).Order(StringComparer.Ordinal)];
    }

    private static string[] List(string directory, string pattern)
    {
        try
        {
            return Directory.GetFileSystemEntries(directory, pattern, EveryEntry);
        }
        catch (IOException)
        {
            // Not a folder, or gone since its name was read: a mounted ConfigMap changes at any time.
            return [];
        }
    }

    public Stream Open(string path) =>
        Directory.Exists(path) ? throw new IOException("is a directory") : File.OpenRead(path);
}
