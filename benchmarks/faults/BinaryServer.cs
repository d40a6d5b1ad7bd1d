using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Measuring;
using ClusterDns.Testing.Faults;

namespace ClusterDns.Faults;

/// <summary>
/// The Native AOT binary on a core of its own. Processes die with the thread that has started them, so one thread starts
/// all of them and lives as long as this.
/// </summary>
internal sealed class BinaryServer : IServerUnderFaults, IDisposable
{
    private const int Core = 0;
    private const int FirstPort = 15653;
    private const int MostPorts = 1000;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly string _binary;
    private readonly string _folder;
    private readonly int _port = FreePort();
    private readonly BlockingCollection<Action> _work = [];
    private PinnedProcess? _process;

    public BinaryServer(string binary, string folder)
    {
        _binary = binary;
        _folder = folder;
        new Thread(Work) { IsBackground = true, Name = "starts processes" }.Start();
    }

    public int ProcessId => _process!.Id;

    public async Task<IPEndPoint> StartAsync(FaultProxy apiServer, FaultCase fault, bool keepsSnapshot)
    {
        var corefile = Path.Combine(_folder, "Corefile");
        await File.WriteAllTextAsync(corefile, FaultCorefile.Prepare(_folder, _port, apiServer, fault, keepsSnapshot));
        var started = new TaskCompletionSource<PinnedProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => started.SetResult(PinnedProcess.Start(Core, Path.Combine(_folder, "server.log"), [_binary, "-conf", corefile])));
        _process = await started.Task;
        return new IPEndPoint(IPAddress.Loopback, _port);
    }

    public async Task StopAsync()
    {
        using (var kill = Process.Start("kill", ["-s", "TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        if (!_process!.WaitForExit(StopTimeout))
        {
            throw new InvalidOperationException($"the server did not stop:\n{_process.Log}");
        }

        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        _process?.Dispose();
        _work.CompleteAdding();
    }

    // The server must have the same one after its restart; connections of others have theirs from further up. Servers that
    // share a port would share its queries, so two runs at once begin to look at different places.
    private static int FreePort()
    {
        var first = FirstPort + (Environment.ProcessId % MostPorts);
        for (var port = first; ; port++)
        {
            try
            {
                using var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                using var streams = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                datagrams.Bind(new IPEndPoint(IPAddress.Loopback, port));
                streams.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (port < first + MostPorts)
            {
                // Another run's server has it.
            }
        }
    }

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
