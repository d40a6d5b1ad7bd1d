using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Measuring;
using ClusterDns.Testing.Soak;

namespace ClusterDns.Soak;

/// <summary>
/// The Native AOT binary on all cores. Processes die with the thread that has started them, so one thread starts it and
/// lives as long as this.
/// </summary>
internal sealed class SoakedBinary : ISoakedServer, IDisposable
{
    private const string AllCores = "0-1023";
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly string _binary;
    private readonly string _folder;
    private readonly string _corefile;
    private readonly BlockingCollection<Action> _work = [];
    private PinnedProcess? _process;
    private bool _signals;

    public SoakedBinary(string binary, string folder)
    {
        _binary = binary;
        _folder = folder;
        _corefile = Path.Combine(folder, "Corefile");
        new Thread(Work) { IsBackground = true, Name = "starts the server" }.Start();
    }

    public int ProcessId => _process!.Id;

    public int Port { get; } = FreePort();

    public int MetricsPort { get; } = FreePort();

    public string Log => _process!.Log;

    public async Task<IPEndPoint> StartAsync(string corefile)
    {
        await WriteAsync(corefile);
        var started = new TaskCompletionSource<PinnedProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => started.SetResult(PinnedProcess.Start(
            core: 0, Path.Combine(_folder, "server.log"), ["taskset", "-c", AllCores, _binary, "-conf", _corefile])));
        _process = await started.Task;
        return new IPEndPoint(IPAddress.Loopback, Port);
    }

    /// <summary>By a changed file, and every other time by a signal as well.</summary>
    public async Task ReloadAsync(string corefile)
    {
        await WriteAsync(corefile);
        _signals = !_signals;
        if (_signals)
        {
            await SignalAsync("USR1");
        }
    }

    /// <summary>How long it takes to end for SIGTERM; null when it has to be killed.</summary>
    public async Task<TimeSpan?> StopAsync()
    {
        var clock = Stopwatch.StartNew();
        await SignalAsync("TERM");
        return _process!.WaitForExit(StopTimeout) ? clock.Elapsed : null;
    }

    public void Dispose()
    {
        _process?.Dispose();
        _work.CompleteAdding();
    }

    // A file in parts would be another mistake than the one that is meant.
    private async Task WriteAsync(string corefile)
    {
        var next = _corefile + ".next";
        await File.WriteAllTextAsync(next, corefile
            .Replace(SoakCorefile.Port, Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(SoakCorefile.MetricsPort, MetricsPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        File.Move(next, _corefile, overwrite: true);
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var streams = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        streams.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)streams.LocalEndPoint!).Port;
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
