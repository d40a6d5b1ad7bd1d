using System.Diagnostics;

namespace ClusterDns.Measuring;

/// <summary>A child process on one core; what it prints goes to a file. Killed with its children when disposed.</summary>
internal sealed class PinnedProcess : IDisposable
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private PinnedProcess(Process process, string logPath)
    {
        _process = process;
        LogPath = logPath;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string LogPath { get; }

    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    /// <param name="core">Counted from 0.</param>
    /// <param name="logPath">Takes what it prints, both streams.</param>
    /// <param name="command">Program and arguments.</param>
    public static PinnedProcess Start(int core, string logPath, params string[] command)
    {
        // exec: the id stays, so that it is the server's. When the thread that starts it ends, however it ends, so does the child.
        var start = new ProcessStartInfo("setpriv")
        {
            RedirectStandardInput = true,
            ArgumentList = { "--pdeathsig", "TERM", "sh", "-c", $"exec taskset -c {core} \"$@\" >'{logPath}' 2>&1", "sh" },
        };
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"cannot start {command[0]}");
        process.StandardInput.Close();
        return new PinnedProcess(process, logPath);
    }

    /// <summary>Waits for its end; false when it had to be killed.</summary>
    public bool WaitForExit(TimeSpan timeout) => _process.WaitForExit(timeout);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // The parent first: NSD's puts a new child in the place of one that dies.
            foreach (var member in ProcessUsage.Tree(Id))
            {
                Kill(member);
            }
        }

        _process.Dispose();
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(KillTimeout);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }
    }
}
