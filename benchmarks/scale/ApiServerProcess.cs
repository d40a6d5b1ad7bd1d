using System.Diagnostics;
using System.Globalization;
using ClusterDns.Measuring;

namespace ClusterDns.Scale;

/// <summary>The other side of <see cref="ApiServerCommand"/>: starts it on a core of its own and gives it lines.</summary>
internal sealed class ApiServerProcess : IDisposable
{
    private const string Core = "1";
    private static readonly TimeSpan FillTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    public ApiServerProcess(ClusterShape shape, bool hasPods)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--pdeathsig", "TERM", "taskset", "-c", Core, "dotnet", typeof(ApiServerProcess).Assembly.Location, ApiServerCommand.Name,
                shape.Services.ToString(CultureInfo.InvariantCulture), shape.EndpointsPerService.ToString(CultureInfo.InvariantCulture),
                hasPods ? "pods" : "none",
            },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("cannot start the API server");
        Url = new Uri(Read(FillTimeout));
    }

    public Uri Url { get; }

    /// <summary>Gives a Service another address; the time right before, in ticks of <see cref="Stopwatch"/>.</summary>
    /// <param name="service">Its number.</param>
    /// <param name="turn">See <see cref="ClusterShape.AddressOf"/>.</param>
    /// <param name="meanwhile">Runs between the request and the reading of its answer.</param>
    public long Probe(int service, int turn, Action meanwhile)
    {
        Write($"probe {service} {turn}");
        meanwhile();
        return long.Parse(Read(ReplyTimeout), CultureInfo.InvariantCulture);
    }

    public void SetChanges(int perSecond)
    {
        Write($"changes {perSecond}");
        Read(ReplyTimeout);
    }

    /// <summary>Forgets all history and closes every watch, so that each kind must be listed again.</summary>
    public void ForceRelist()
    {
        Write("relist");
        Read(ReplyTimeout);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(ReplyTimeout);
        }

        _process.Dispose();
    }

    private void Write(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    private string Read(TimeSpan timeout)
    {
        var line = _process.StandardOutput.ReadLineAsync();
        return line.Wait(timeout) && line.Result is { } text ? text : throw new InvalidOperationException("the API server does not answer");
    }
}
