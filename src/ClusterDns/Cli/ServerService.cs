using ClusterDns.Corefile;
using ClusterDns.Serving;
using Microsoft.Extensions.Hosting;

namespace ClusterDns.Cli;

/// <summary>The server as a hosted service: loads the Corefile, starts, reloads when asked, stops.</summary>
internal sealed class ServerService(
    Func<CorefileDocument> loadCorefile,
    ServerServices services,
    DnsServer server,
    ServerSignals signals,
    bool quiet) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = await BuildAsync().ConfigureAwait(false);
        await server.StartAsync(configuration, cancellationToken).ConfigureAwait(false);
        if (!quiet)
        {
            services.LogOutput.TryWrite(string.Join('\n', configuration.Summary.Append(ProductVersion.Describe())));
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in signals.Reloads.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            await server.ReloadAsync(BuildAsync, stoppingToken).ConfigureAwait(false);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<ServerConfiguration> BuildAsync() => ConfigurationBuilder.BuildAsync(loadCorefile(), services);
}
