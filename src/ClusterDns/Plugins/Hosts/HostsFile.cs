using ClusterDns.Operations;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Hosts;

/// <summary>A hosts file, the lines of the Corefile behind it, and the table of both; looked at again every so often.</summary>
internal sealed class HostsFile(HostsOptions options, HostsMetrics metrics, ILogger logger, TimeProvider time)
{
    private readonly CancellationTokenSource _stop = new();
    private HostsTable _current = HostsTable.Empty;
    private (long Length, DateTime Written) _seen;
    private string _failure = "";
    private Task _reloading = Task.CompletedTask;

    public HostsTable Current => Volatile.Read(ref _current);

    /// <summary>Reads everything for the first time and begins to look for changes.</summary>
    public Task StartAsync()
    {
        if (!TryRead(isFirst: true))
        {
            Publish(new HostsTableBuilder(options.Zones, options.HasReverse), isFirst: true);
        }

        _reloading = options.Reload > TimeSpan.Zero ? ReloadAsync() : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reloading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Reads the file if its size or time is another than before. One that cannot be read, or is gone, changes nothing:
    /// what it said last goes on being answered.
    /// </summary>
    public void Reload() => TryRead(isFirst: false);

    // Size and time are asked of the open file: a ConfigMap's file is a link that itself never changes.
    private bool TryRead(bool isFirst)
    {
        try
        {
            using var file = File.OpenRead(options.Path);
            var seen = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
            _failure = "";
            if (seen == _seen)
            {
                return false;
            }

            Read(file, isFirst);
            _seen = seen;
            metrics.ReloadTimestamp.Set((seen.Item2 - DateTime.UnixEpoch).TotalSeconds);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is somebody else's: missing, unreadable, or being replaced this moment.
            if (failure is not (FileNotFoundException or DirectoryNotFoundException) && _failure != failure.Message)
            {
                _failure = failure.Message;
                HostsLog.NotRead(logger, options.Path, failure.Message);
            }

            return false;
        }
    }

    private void Read(Stream file, bool isFirst)
    {
        var builder = new HostsTableBuilder(options.Zones, options.HasReverse);
        var lines = new HostsLines(builder);
        lines.Read(file);
        if (lines.Ignored > 0)
        {
            HostsLog.LinesIgnored(logger, lines.Ignored, options.Path, lines.FirstMistake);
        }

        if (lines.IsCut)
        {
            HostsLog.FileCut(logger, options.Path, HostsTableBuilder.MaxPairs, HostsLines.MaxFileLength);
        }

        Publish(builder, isFirst);
    }

    // Both are answered, the file's entries first.
    private void Publish(HostsTableBuilder builder, bool isFirst)
    {
        foreach (var line in options.Inline)
        {
            if (HostsLines.Read(line, builder) is { } mistake && isFirst)
            {
                HostsLog.InlineIgnored(logger, line, mistake);
            }
        }

        var table = builder.Build();
        Volatile.Write(ref _current, table);
        metrics.Entries.Set(table.EntryCount);
        HostsLog.Loaded(logger, options.Path, table.EntryCount);
    }

    private Task ReloadAsync() => new PeriodicWork("looking at the hosts file", logger, time).RunAsync(
        options.Reload,
        _ =>
        {
            Reload();
            return Task.CompletedTask;
        },
        _stop.Token);
}
