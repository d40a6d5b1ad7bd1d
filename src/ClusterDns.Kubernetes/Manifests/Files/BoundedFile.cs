namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>Reads a file whole, up to a bound: its length may have changed since it was listed.</summary>
internal static class BoundedFile
{
    /// <summary>The bytes; or null, and why not, in words.</summary>
    public static byte[]? TryRead(string path, long maxBytes, out string? error)
    {
        try
        {
            using var file = File.OpenRead(path);
            error = !file.CanSeek ? $"{path} is not a regular file"
                : file.Length > maxBytes ? $"{path} grew while it was read"
                : null;
            return error is null ? Read(file) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The file system's edge: gone in between, not ours to read, a broken disk.
            error = exception.Message;
            return null;
        }
    }

    private static byte[] Read(FileStream file)
    {
        var bytes = new byte[file.Length];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }
}
