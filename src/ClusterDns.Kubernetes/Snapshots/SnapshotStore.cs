using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// The file of one cluster's snapshots. Its directory may be shared with other servers, full, read-only or not there:
/// whatever fails is told now and then, and counted, and nothing else comes of it.
/// </summary>
internal sealed class SnapshotStore(
    SnapshotOptions options,
    byte[] fingerprint,
    SnapshotLimits limits,
    TimeProvider time,
    ILogger logger,
    SnapshotObserver observer)
{
    private const string DraftEnding = ".draft";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly LogBudget _failures = new(1, limits.FailureLogInterval, time);

    /// <summary>What octets go through on their way to the file: nothing, but for a test's broken disk.</summary>
    public Func<Stream, Stream> Through { get; init; } = static file => file;

    /// <summary>
    /// Writes a whole file under a name of its own, and only then gives it the snapshot's: whoever reads, finds the former
    /// or the new one, and two servers with one directory never write into each other's.
    /// </summary>
    /// <returns>False if it failed; the former snapshot is still there then.</returns>
    public bool TryWrite(ZoneCapture capture)
    {
        var draft = $"{options.Path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}{DraftEnding}";
        try
        {
            RemoveLeftovers();
            var now = time.GetUtcNow();
            Write(capture, draft, now);
            File.Move(draft, options.Path, overwrite: true);
            observer.Written(options.Path, now);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The disk's edge: not there, not ours, full, broken. Whatever it is, names are served without a snapshot too.
            Remove(draft);
            observer.WriteFailed(options.Path);
            if (_failures.TryPass(out var held))
            {
                SnapshotLog.WriteFailed(logger, options.Path, exception.Message, held);
            }

            return false;
        }
    }

    /// <summary>
    /// Lets a receiver read the snapshot, if there is one that may be served; else tells why not.
    /// </summary>
    /// <returns>False where nothing was, or could be, read.</returns>
    public bool TryRead(Action<SnapshotReader> receive)
    {
        try
        {
            return TryRead(receive, out var refusal) || Refuse(refusal);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            SnapshotLog.Missing(logger, options.Path);
            return false;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The disk's edge again: whatever the file does to its reader, the server starts without it.
            return Refuse(exception.Message);
        }
    }

    private bool TryRead(Action<SnapshotReader> receive, out string refusal)
    {
        // A pipe has no length, nor has a device, and to open one could take for ever.
        var path = File.ResolveLinkTarget(options.Path, returnFinalTarget: true)?.FullName ?? options.Path;
        var info = new FileInfo(path);
        refusal = !info.Exists ? ""
            : info.Length == 0 ? "it is empty or no regular file"
            : info.Length > limits.MaxFileSize ? $"it has more than {limits.MaxFileSize} octets"
            : "";
        if (refusal.Length > 0)
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!file.CanSeek)
        {
            refusal = "it is no regular file";
            return false;
        }

        var now = time.GetUtcNow();
        var reader = SnapshotReader.Open(file, fingerprint, now - options.MaxAge, now + limits.ClockLead, out refusal);
        if (reader is not null)
        {
            receive(reader);
        }

        return reader is not null;
    }

    private void Write(ZoneCapture capture, string draft, DateTimeOffset now)
    {
        var creation = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            creation.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(draft, creation);
        using var encoder = new SnapshotEncoder(Through(file));
        encoder.WriteHeader(now, fingerprint);
        capture.WriteTo(encoder);
        encoder.WriteTrailer();
        file.Flush(flushToDisk: true);
    }

    // What a server leaves that is killed while it writes.
    private void RemoveLeftovers()
    {
        var path = Path.GetFullPath(options.Path);
        var newest = time.GetUtcNow().UtcDateTime - limits.LeftoverAge;
        foreach (var draft in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*{DraftEnding}"))
        {
            if (File.GetLastWriteTimeUtc(draft) < newest)
            {
                Remove(draft);
            }
        }
    }

    private static void Remove(string draft)
    {
        try
        {
            File.Delete(draft);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // It is tried again when the draft has become a leftover.
        }
    }

    private bool Refuse(string reason)
    {
        observer.ReadFailed(options.Path);
        SnapshotLog.Refused(logger, options.Path, reason);
        return false;
    }
}
