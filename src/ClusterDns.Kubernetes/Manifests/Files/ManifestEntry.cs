namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>A manifest file in its directory, and what would differ after a change.</summary>
/// <param name="Path">Below the path as it was given.</param>
/// <param name="Length">Bytes, of what a link leads to; <see cref="Unknown"/> where it leads nowhere.</param>
/// <param name="LastWrite">Of what a link leads to.</param>
internal readonly record struct ManifestEntry(string Path, long Length, DateTime LastWrite)
{
    public const long Unknown = -1;

    public static ManifestEntry Of(string path, FileInfo file)
    {
        try
        {
            var target = file.LinkTarget is null ? file : (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
            return new ManifestEntry(path, target.Exists ? target.Length : Unknown, target.LastWriteTimeUtc);
        }
        catch (IOException)
        {
            // Gone in between, or a link that leads to itself: whoever reads the file will be told.
            return new ManifestEntry(path, Unknown, default);
        }
    }
}
