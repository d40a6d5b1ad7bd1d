using System.Security.Cryptography;
using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Reload;

/// <summary>
/// Looks at the Corefile from time to time and has the server reload when what is in it changed. Belongs to the process:
/// it outlives the configurations that ask for it.
/// </summary>
/// <param name="load">Reads the Corefile with all that it imports.</param>
/// <param name="reload">Takes a configuration over; null when that went well, otherwise why not.</param>
/// <param name="services">Clock, log and metrics.</param>
internal sealed class ReloadWatch(
    Func<CorefileDocument> load,
    Func<CorefileDocument, Task<string?>> reload,
    ServerServices services)
{
    /// <summary>Prefixed by CoreDNS, which hands its sockets to the new configuration at that moment.</summary>
    private const string AtStart = "starting with listener file descriptors: ";

    private const int ChanceSteps = 1000;

    private static readonly ReloadOptions Silent = new(ReloadOptions.DefaultInterval, TimeSpan.Zero);

    private readonly ILogger _logger = services.Logging.CreateLogger("plugin/reload");
    private ReloadMetrics? _metrics;
    private ReloadOptions? _options;
    private string? _seen;

    /// <summary>Told of each configuration that serves from now on; <paramref name="options"/> is null when it has no <c>reload</c>.</summary>
    public void Began(CorefileDocument document, ReloadOptions? options)
    {
        var isFirst = _seen is null;
        var hash = CorefileFingerprint.Of(document);
        Volatile.Write(ref _seen, hash);
        Volatile.Write(ref _options, options);
        if (options is not null)
        {
            _metrics ??= new ReloadMetrics(services.Registry);
            ReloadLog.Running(_logger, hash);
            if (!isFirst)
            {
                _metrics.SetRunning(hash);
            }
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var work = new PeriodicWork("looking at the Corefile", _logger, services.Time);
        while (!cancellation.IsCancellationRequested)
        {
            // Without `reload` time passes all the same: the next configuration may have it.
            var options = Volatile.Read(ref _options) ?? Silent;
            var wait = options.Wait(RandomNumberGenerator.GetInt32(ChanceSteps + 1) / (double)ChanceSteps);
            await Task.Delay(wait, services.Time, cancellation).ConfigureAwait(false);
            if (Volatile.Read(ref _options) is not null)
            {
                await work.TryAsync(_ => LookAsync(), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One look at the file. A change that was refused is not tried again until the file changes once more.</summary>
    public async Task LookAsync()
    {
        CorefileDocument document;
        try
        {
            document = load();
        }
        catch (CorefileException mistake)
        {
            ReloadLog.ParseFailed(_logger, mistake.Message);
            _metrics?.CountFailure();
            return;
        }

        var hash = CorefileFingerprint.Of(document);
        if (hash == Volatile.Read(ref _seen))
        {
            return;
        }

        Volatile.Write(ref _seen, hash);
        if (await reload(document).ConfigureAwait(false) is { } reason)
        {
            _metrics?.CountFailure();
            ReloadLog.ReloadFailed(_logger, AtStart + reason);
        }
    }
}
