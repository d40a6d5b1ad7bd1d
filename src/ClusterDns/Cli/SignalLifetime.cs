using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Cli;

/// <summary>
/// What signals mean: SIGTERM and SIGINT stop gracefully, a second one of them waits for clients no longer, a second SIGINT
/// ends with exit code 2, SIGQUIT ends at once, SIGUSR1 reloads, SIGHUP is ignored.
/// </summary>
internal sealed partial class SignalLifetime(IHostApplicationLifetime application, ServerSignals signals, ILogger logger)
    : IHostLifetime, IDisposable
{
    /// <summary>SIGUSR1 on Linux; the runtime takes raw numbers for signals it has no name for.</summary>
    private const PosixSignal UserSignal1 = (PosixSignal)10;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _interrupts;
    private int _stops;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        Register(PosixSignal.SIGTERM, () => Stop("SIGTERM"));
        Register(PosixSignal.SIGINT, OnInterrupt);
        Register(PosixSignal.SIGQUIT, () => signals.EndNow(0));
        Register(PosixSignal.SIGHUP, () => { });
        if (OperatingSystem.IsLinux())
        {
            Register(UserSignal1, signals.RequestReload);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Register(PosixSignal signal, Action action) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            action();
        }));

    private void OnInterrupt()
    {
        if (Interlocked.Increment(ref _interrupts) > 1)
        {
            signals.EndNow(2);
            return;
        }

        Stop("SIGINT");
    }

    private void Stop(string signal)
    {
        if (Interlocked.Increment(ref _stops) > 1)
        {
            LogHurrying(logger, signal);
            signals.HurryUp();
            return;
        }

        LogStopping(logger, signal);
        application.StopApplication();
    }

    [LoggerMessage(1, LogLevel.Information, "{Signal}: Shutting down servers then terminating")]
    private static partial void LogStopping(ILogger logger, string signal);

    [LoggerMessage(2, LogLevel.Information, "{Signal} again: Waiting for clients no longer")]
    private static partial void LogHurrying(ILogger logger, string signal);
}
