using System.Threading.Channels;
using ClusterDns.Kubernetes.Manifests.Files;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Manifests;

/// <summary>
/// Waits until the files may have changed. The system's events come at once but miss much: what a link leads to, a
/// directory put in the place of another, network file systems. So names, sizes and times are compared now and then too.
/// </summary>
internal sealed class ManifestWatch : IDisposable
{
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly TimeProvider _time;
    private readonly ITimer _poll;
    private readonly FileSystemWatcher? _events;
    private int _hasEvent;

    public ManifestWatch(ManifestFolder folder, TimeProvider time, ILogger logger)
    {
        _time = time;
        _poll = time.CreateTimer(_ => WakeUp(), null, ManifestLimits.PollInterval, ManifestLimits.PollInterval);
        _events = TryListen(folder, logger);
    }

    /// <summary>Ends when the files may have changed and have been left alone for a moment.</summary>
    /// <param name="isStale">Whether names, sizes and times differ from those known.</param>
    /// <param name="cancellation">Ends the wait by an exception.</param>
    public async Task WaitAsync(Func<bool> isStale, CancellationToken cancellation)
    {
        do
        {
            await _wakeUps.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        }
        while (!TakeEvent() && !isStale());

        var start = _time.GetTimestamp();
        do
        {
            await Task.Delay(ManifestLimits.QuietTime, _time, cancellation).ConfigureAwait(false);
        }
        while (TakeEvent() && _time.GetElapsedTime(start) < ManifestLimits.MaxSettleTime);
    }

    public void Dispose()
    {
        _events?.Dispose();
        _poll.Dispose();
    }

    private bool TakeEvent() => Interlocked.Exchange(ref _hasEvent, 0) == 1;

    private void WakeUp() => _wakeUps.Writer.TryWrite(true);

    private FileSystemWatcher? TryListen(ManifestFolder folder, ILogger logger)
    {
        var events = new FileSystemWatcher();
        try
        {
            Listen(events, folder);
            return events;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException)
        {
            // No watches left for this user (inotify's limits), or the directory is gone: polling does without.
            events.Dispose();
            ManifestLog.PollingOnly(logger, ManifestLimits.PollInterval, exception.Message);
            return null;
        }
    }

    private void Listen(FileSystemWatcher events, ManifestFolder folder)
    {
        var fullPath = Path.GetFullPath(folder.Path);
        events.Path = folder.IsDirectory ? fullPath : Path.GetDirectoryName(fullPath)!;
        events.Filter = folder.IsDirectory ? "*" : Path.GetFileName(fullPath);
        events.IncludeSubdirectories = folder.IsDirectory;
        events.Changed += (_, _) => NoteEvent();
        events.Created += (_, _) => NoteEvent();
        events.Deleted += (_, _) => NoteEvent();
        events.Renamed += (_, _) => NoteEvent();
        events.Error += (_, _) => NoteEvent();
        events.NotifyFilter |= NotifyFilters.Attributes | NotifyFilters.Size;
        events.EnableRaisingEvents = true;
    }

    private void NoteEvent()
    {
        Interlocked.Exchange(ref _hasEvent, 1);
        WakeUp();
    }
}
