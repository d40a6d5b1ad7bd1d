using System.Diagnostics;

namespace ClusterDns.Faults;

/// <summary>A <c>kubectl proxy</c> on a free port, for an API server that only a kubeconfig knows. Ends with its starter.</summary>
internal sealed class KubectlProxy : IDisposable
{
    private const string Greeting = "Starting to serve on ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    public KubectlProxy(string kubeconfig)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "TERM", "kubectl", "--kubeconfig", kubeconfig, "proxy", "--port=0"])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("cannot start kubectl");
        var line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait(StartTimeout) || line.Result?.StartsWith(Greeting, StringComparison.Ordinal) != true)
        {
            Dispose();
            throw new InvalidOperationException("kubectl proxy does not start");
        }

        Url = new Uri($"http://{line.Result[Greeting.Length..]}");
    }

    public Uri Url { get; }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
