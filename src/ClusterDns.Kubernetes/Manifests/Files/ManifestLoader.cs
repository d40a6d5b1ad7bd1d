using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Manifests.Files;

/// <summary>
/// The files in their last good state. What cannot be read, for whatever reason, stays as it was; only a file that is
/// not there any more takes its objects along.
/// </summary>
internal sealed class ManifestLoader(ManifestFolder folder, ManifestFileReader reader, ILogger logger)
{
    private readonly RepeatedLines _troubles = new();
    private OrderedDictionary<string, ManifestFile> _files = [];
    private ManifestListing? _listing;
    private bool _wasUnreadable;

    /// <summary>The files that were read, in the order in which they count.</summary>
    public IReadOnlyCollection<ManifestFile> Files => _files.Values;

    /// <summary>The path has been readable once.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Something on disk differs from what was read, or could not be read and perhaps can be now.</summary>
    public bool IsStale() => _wasUnreadable || !folder.List().Equals(_listing);

    /// <summary>Reads the files that have changed; true if <see cref="Files"/> differ by that.</summary>
    public bool Load()
    {
        _listing = folder.List();
        _troubles.Begin();
        _wasUnreadable = _listing.Error is not null;
        if (_listing.Error is { } error)
        {
            if (_troubles.IsNew(error))
            {
                ManifestLog.Unreadable(logger, error);
            }

            return false;
        }

        var files = LoadFiles(_listing.Entries);
        var differs = !IsLoaded || files.Count != _files.Count || files.Any(file => !ReferenceEquals(file.Value, _files.GetValueOrDefault(file.Key)));
        _files = files;
        IsLoaded = true;
        return differs;
    }

    private OrderedDictionary<string, ManifestFile> LoadFiles(IReadOnlyList<ManifestEntry> entries)
    {
        var files = new OrderedDictionary<string, ManifestFile>();
        var remaining = ManifestLimits.MaxTotalBytes;
        foreach (var entry in entries.Take(ManifestLimits.MaxFiles))
        {
            var before = _files.GetValueOrDefault(entry.Path);
            if ((LoadFile(entry, ref remaining, before) ?? before) is { } file)
            {
                files.Add(entry.Path, file);
            }
        }

        if (entries.Count > ManifestLimits.MaxFiles)
        {
            LeaveOut($"{entries[^1].Path} and those behind it: no more than {ManifestLimits.MaxFiles} files are read");
        }

        return files;
    }

    private ManifestFile? LoadFile(ManifestEntry entry, ref long remaining, ManifestFile? before)
    {
        var maxBytes = Math.Min(remaining, ManifestLimits.MaxFileBytes);
        if (entry.Length > maxBytes)
        {
            LeaveOut(string.Create(CultureInfo.InvariantCulture, $"{entry.Path} has {entry.Length} bytes, and no more than {maxBytes} are read"));
            return null;
        }

        var bytes = BoundedFile.TryRead(entry.Path, maxBytes, out var error);
        if (bytes is null)
        {
            _wasUnreadable = true;
            LeaveOut(error!);
            return null;
        }

        remaining -= bytes.Length;
        return Parse(entry.Path, bytes, before);
    }

    private ManifestFile Parse(string path, byte[] bytes, ManifestFile? before)
    {
        var fingerprint = SHA256.HashData(bytes);
        if (before is not null && before.Fingerprint.Span.SequenceEqual(fingerprint))
        {
            return before;
        }

        var file = reader.Read(path, bytes, fingerprint);
        file = before is null ? file : file.KeepingFrom(before);
        Report(file);
        return file;
    }

    private void LeaveOut(string reason)
    {
        if (_troubles.IsNew(reason))
        {
            ManifestLog.FileLeftOut(logger, reason);
        }
    }

    private void Report(ManifestFile file)
    {
        foreach (var problem in file.Problems.Shown)
        {
            if (problem.IsBroken)
            {
                ManifestLog.Broken(logger, problem.Position, problem.Text);
            }
            else
            {
                ManifestLog.Odd(logger, problem.Position, problem.Text);
            }
        }

        if (file.Problems.HiddenCount > 0)
        {
            ManifestLog.MoreProblems(logger, file.Path, file.Problems.HiddenCount);
        }

        if (file.KeptCount > 0)
        {
            ManifestLog.Kept(logger, file.Path, file.KeptCount);
        }
    }
}
