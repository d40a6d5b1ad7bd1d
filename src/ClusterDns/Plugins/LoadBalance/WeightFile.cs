using ClusterDns.Corefile;
using ClusterDns.Operations;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>A weight file and what it said when it was last read well; read again every so often.</summary>
internal sealed class WeightFile(string path, TimeSpan reload, ILogger logger, TimeProvider time)
{
    /// <summary>Largest file that is read, in octets.</summary>
    public const int MaxSize = 16 * 1024 * 1024;

    private readonly CancellationTokenSource _stop = new();
    private WeightTable _current = WeightTable.Empty;
    private string _text = "";
    private Task _reloading = Task.CompletedTask;

    public WeightTable Current => Volatile.Read(ref _current);

    /// <summary>
    /// Reads the file for the first time; gives what is wrong with it. A file that is not there yet is only worth a
    /// warning if it will be looked for again.
    /// </summary>
    public string? Open()
    {
        if (!File.Exists(path) && reload > TimeSpan.Zero)
        {
            LoadBalanceLog.NoFileYet(logger, path, GoDuration.Format(reload));
            return null;
        }

        return Read();
    }

    public Task StartAsync()
    {
        _reloading = reload > TimeSpan.Zero ? ReloadAsync() : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _reloading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads the file; if it cannot be read, or says nonsense, the former table stays and the fault is given.</summary>
    public string? Read()
    {
        string text;
        try
        {
            if (new FileInfo(path).Length > MaxSize)
            {
                return $"weight file {path} has more than {MaxSize} octets";
            }

            text = File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is somebody else's: missing, unreadable, being replaced.
            return $"weight file {path} cannot be read: {failure.Message}";
        }

        if (text == _text)
        {
            return null;
        }

        if (!WeightTable.TryParse(path, text, out var table, out var mistake))
        {
            return mistake;
        }

        _text = text;
        Volatile.Write(ref _current, table);
        LoadBalanceLog.Loaded(logger, path);
        return null;
    }

    private Task ReloadAsync() => new PeriodicWork("looking at the weight file", logger, time).RunAsync(
        reload,
        _ =>
        {
            if (Read() is { } fault)
            {
                LoadBalanceLog.NotLoaded(logger, fault);
            }

            return Task.CompletedTask;
        },
        _stop.Token);
}
