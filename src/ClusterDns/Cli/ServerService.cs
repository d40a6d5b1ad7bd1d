using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Operations.Bounds;
using ClusterDns.Plugins.Reload;
using ClusterDns.Serving;
using ClusterDns.Transport.Native;
using Microsoft.Extensions.Hosting;

namespace ClusterDns.Cli;

/// <summary>The server as a hosted service: loads the Corefile, starts, reloads when asked or when the file changed, stops.</summary>
internal sealed class ServerService : BackgroundService
{
    private readonly Func<CorefileDocument> _load;
    private readonly ServerServices _services;
    private readonly DnsServer _server;
    private readonly ServerSignals _signals;
    private readonly ReloadWatch _watch;
    private readonly HeapTrim _trim;
    private readonly bool _quiet;
    private long _reloads;

    public ServerService(
        Func<CorefileDocument> loadCorefile, ServerServices services, DnsServer server, ServerSignals signals, bool quiet)
    {
        _load = loadCorefile;
        _services = services;
        _server = server;
        _signals = signals;
        _quiet = quiet;
        _watch = new ReloadWatch(loadCorefile, document => ReloadAsync(() => document), services);
        _trim = new HeapTrim(() => Volatile.Read(ref _reloads) + services.Clusters.CountLists(), services.Logging.CreateLogger("server"), services.Time);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var document = _load();
        var configuration = await ConfigurationBuilder.BuildAsync(document, _services).ConfigureAwait(false);
        await _server.StartAsync(configuration, cancellationToken).ConfigureAwait(false);
        _watch.Began(document, configuration.Setup.Reload);
        BoundsLog.Chosen(_services.Logging.CreateLogger("server"), _services.Bounds);
        if (!_quiet)
        {
            _services.LogOutput.TryWrite(string.Join('\n', configuration.Summary.Append(ProductVersion.Describe())));
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReloadOnSignalsAsync(stoppingToken), _watch.RunAsync(stoppingToken), TrimAsync(stoppingToken));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _signals.Impatience);
        await _server.StopAsync(impatience.Token).ConfigureAwait(false);
    }

    private async Task TrimAsync(CancellationToken stopping)
    {
        await _services.Clusters.WhenSynced().WaitAsync(stopping).ConfigureAwait(false);
        _trim.Trim();
        CodePages.Release();
        await _trim.RunAsync(stopping).ConfigureAwait(false);
    }

    private async Task ReloadOnSignalsAsync(CancellationToken stopping)
    {
        var work = new PeriodicWork("reloading", _services.Logging.CreateLogger("server"), _services.Time);
        await foreach (var _ in _signals.Reloads.ReadAllAsync(stopping).ConfigureAwait(false))
        {
            await work.TryAsync(_ => ReloadAsync(_load), stopping).ConfigureAwait(false);
        }
    }

    private async Task<string?> ReloadAsync(Func<CorefileDocument> load)
    {
        CorefileDocument? document = null;
        ServerConfiguration? configuration = null;
        var failure = await _server.ReloadAsync(
            async () =>
            {
                document = load();
                return configuration = await ConfigurationBuilder.BuildAsync(document, _services).ConfigureAwait(false);
            },
            CancellationToken.None).ConfigureAwait(false);
        if (failure is null)
        {
            Interlocked.Increment(ref _reloads);
            _watch.Began(document!, configuration!.Setup.Reload);
        }

        return failure;
    }
}
