using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClusterDns.Testing.Processes;

/// <summary>The real program in a process of its own, started from its build output; what it prints is kept line by line.</summary>
public sealed class ServerProcessUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ServerProcessUnderTest(Process process)
    {
        _process = process;
    }

    public IEnumerable<string> Output => _output;

    public IEnumerable<string> Errors => _errors;

    public int ProcessId => _process.Id;

    /// <param name="arguments">As on the command line.</param>
    /// <param name="workingDirectory">Where relative paths begin; null for the repository's root.</param>
    /// <param name="launcher">A program, and its arguments, that runs the server as its last arguments say.</param>
    /// <param name="environment">Variables besides this process's own.</param>
    public static ServerProcessUnderTest Start(
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyList<string>? launcher = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] words = [.. launcher ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "ClusterDns.dll"), .. arguments];
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = workingDirectory ?? RepositoryFiles.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var server = new ServerProcessUnderTest(process);
        process.OutputDataReceived += (_, line) => Keep(server._output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(server._errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return server;
    }

    /// <summary>Waits until a line like this was printed; fails with everything printed so far if none comes.</summary>
    public async Task<string> WaitForOutputAsync(Func<string, bool> isWanted)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < Patience)
        {
            if (_output.FirstOrDefault(isWanted) is { } line)
            {
                return line;
            }

            if (_process.HasExited)
            {
                break;
            }

            await Task.Delay(PollInterval);
        }

        throw new InvalidOperationException($"the line never came; printed was:\n{Transcript()}");
    }

    /// <summary>Waits for its first line, which comes once every listener is there.</summary>
    public Task WaitUntilItServesAsync() => WaitForOutputAsync(line => line.StartsWith("ClusterDns-", StringComparison.Ordinal));

    /// <summary>Waits for the process to end by itself, all output read, and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal by name: <c>TERM</c>, <c>USR1</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private string Transcript() => string.Join('\n', _output.Concat(_errors));

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
