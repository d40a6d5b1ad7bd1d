namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>
/// The path that was given: one file, or a directory with what lies below it. Names with a leading dot are passed over:
/// editors' own files, and the directories behind the links of a mounted ConfigMap, whose files would count twice.
/// Linked directories are passed over as well, so there are no loops.
/// </summary>
internal sealed class ManifestFolder(string path)
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    public string Path => path;

    public bool IsDirectory => Directory.Exists(path);

    public ManifestListing List()
    {
        var entries = new List<ManifestEntry>();
        try
        {
            if (IsDirectory)
            {
                AddDirectory(new DirectoryInfo(path), path, 0, entries);
            }
            else if (File.Exists(path))
            {
                entries.Add(ManifestEntry.Of(path, new FileInfo(path)));
            }
            else
            {
                return ManifestListing.Failed($"'{path}' does not exist");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file system's edge: anything may happen to a directory while it is listed.
            return ManifestListing.Failed(exception.Message);
        }

        return new ManifestListing(entries, null);
    }

    private static void AddDirectory(DirectoryInfo directory, string path, int depth, List<ManifestEntry> entries)
    {
        foreach (var item in directory.EnumerateFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal))
        {
            var itemPath = System.IO.Path.Combine(path, item.Name);
            if (item.Name.StartsWith('.') || entries.Count > ManifestLimits.MaxFiles)
            {
                continue;
            }

            if (item is FileInfo file && Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            {
                entries.Add(ManifestEntry.Of(itemPath, file));
            }
            else if (item is DirectoryInfo { LinkTarget: null } below && depth < ManifestLimits.MaxDirectoryDepth)
            {
                AddDirectory(below, itemPath, depth + 1, entries);
            }
        }
    }
}
