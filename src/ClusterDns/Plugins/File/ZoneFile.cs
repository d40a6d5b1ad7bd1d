using ClusterDns.Operations;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>A zone file, and the zone that it says; looked at again every so often.</summary>
internal sealed class ZoneFile(ZoneFileOptions options, DnsName zone, ILogger logger, TimeProvider time)
{
    private readonly CancellationTokenSource _stop = new();
    private FileZone? _current;
    private (long Length, DateTime Written) _seen;
    private string _failure = "";
    private Task _reloading = Task.CompletedTask;

    public DnsName Zone => zone;

    public string Path => options.Path;

    /// <summary>Why nothing of the zone can be answered, for the log.</summary>
    public string NotLoaded { get; } = $"file: zone {zone} is not loaded from {options.Path}";

    /// <summary>The zone as it was read last; null until there was a file to read.</summary>
    public FileZone? Current => Volatile.Read(ref _current);

    /// <summary>Reads the file for the first time.</summary>
    public ZoneLoad Load() => Read(known: null);

    /// <summary>Begins to look for changes.</summary>
    public Task StartAsync()
    {
        _reloading = options.Reload > TimeSpan.Zero ? ReloadAsync() : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reloading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Reads the file if its SOA's serial, or its time, is another than before. One that cannot be read, or is wrong,
    /// changes nothing: what it said last goes on being answered. The same failure is told once.
    /// </summary>
    public void Reload()
    {
        var load = Read(options.ReloadsByTime ? null : Current?.Serial);
        var failure = load.OpenError ?? load.Error ?? "";
        if (failure != _failure && load.OpenError is not null)
        {
            FileLog.NotOpened(logger, $"{zone}", Path, failure);
        }
        else if (failure != _failure && load.Error is not null)
        {
            FileLog.NotRead(logger, $"{zone}", failure);
        }

        _failure = failure;
        if (load.Zone is { } read)
        {
            FileLog.Reloaded(logger, $"{zone}", Path, read.Serial);
        }
    }

    // Size and time are asked of the open file: a ConfigMap's file is a link that itself never changes.
    private ZoneLoad Read(uint? known)
    {
        FileStream file;
        try
        {
            file = File.OpenRead(Path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            // The system's own words, which are CoreDNS's as well.
            return new ZoneLoad { OpenError = $"open {Path}: {FileLog.NoSuchFile}" };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A directory, or not for us; or what the Corefile says is no path.
            return new ZoneLoad { OpenError = $"open {Path}: {failure.Message}" };
        }

        using (file)
        {
            return Read(file, known);
        }
    }

    private ZoneLoad Read(FileStream file, uint? known)
    {
        var seen = (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));
        if (options.ReloadsByTime && seen == _seen)
        {
            return new ZoneLoad();
        }

        var load = ZoneLoader.Load(file, Path, zone, known);
        if (load.Zone is not null)
        {
            _seen = seen;
            Volatile.Write(ref _current, load.Zone);
        }

        if (load.Strays > 0)
        {
            FileLog.Strays(logger, load.Strays, $"{zone}", load.StrayPlace);
        }

        return load;
    }

    private Task ReloadAsync() => new PeriodicWork("looking at a zone file", logger, time).RunAsync(
        options.Reload,
        _ =>
        {
            Reload();
            return Task.CompletedTask;
        },
        _stop.Token);
}
