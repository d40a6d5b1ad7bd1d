using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClusterDns.Cli;

/// <summary>A process that is a server: wires its parts together, runs until a signal ends it, gives the exit code.</summary>
internal sealed class ServerProcess(CommandLine line, Stream output, Stream input, TextWriter errors)
{
    /// <summary>Longest graceful stop, lameduck included; whoever runs the process has a shorter patience of their own.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromMinutes(10);

    private const int CannotStart = 1;

    public async Task<int> RunAsync()
    {
        using var signals = new ServerSignals();
        var parts = new ServerParts(output, line.DefaultPort, line.ManifestPath);
        string? failure = null;
        var exitCode = 0;
        try
        {
            WritePidFile();
            using var host = BuildHost(parts, signals);
            var ended = await Task.WhenAny(ServeAsync(host), signals.Ended).ConfigureAwait(false);
            await ended.ConfigureAwait(false);
            exitCode = ended == signals.Ended ? await signals.Ended.ConfigureAwait(false) : 0;
        }
        catch (Exception exception) when (exception is CorefileException or StartException or HttpListenException)
        {
            failure = exception.Message;
        }

        if (signals.Ended.IsCompleted)
        {
            return exitCode;
        }

        // The log is written out before the last word on the error stream, so that a person reads them in order.
        await parts.DisposeAsync().ConfigureAwait(false);
        if (failure is not null)
        {
            await errors.WriteLineAsync(failure).ConfigureAwait(false);
        }

        return failure is null ? exitCode : CannotStart;
    }

    private static async Task ServeAsync(IHost host)
    {
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // A signal that came while it waited for its cluster, as when a Deployment is rolled back: nobody was served yet.
            return;
        }

        await host.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private IHost BuildHost(ServerParts parts, ServerSignals signals)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestStop);
        builder.Services.AddSingleton<IHostLifetime>(provider => new SignalLifetime(
            provider.GetRequiredService<IHostApplicationLifetime>(), signals, parts.Services.Logging.CreateLogger("")));
        var corefile = new CorefileSource(line.CorefilePath, input);
        builder.Services.AddHostedService(_ =>
            new ServerService(corefile.Load, parts.Services, parts.Server, signals, line.Quiet));
        return builder.Build();
    }

    private void WritePidFile()
    {
        if (line.PidFilePath is not { } path)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, $"{Environment.ProcessId}\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"cannot write pidfile {path}: {exception.Message}", exception);
        }
    }
}
