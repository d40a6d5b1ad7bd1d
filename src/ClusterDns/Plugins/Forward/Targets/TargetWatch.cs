using ClusterDns.Operations;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>Looks at files and host names every so often and hands on the addresses that they stand for.</summary>
internal sealed class TargetWatch(
    TargetTable table,
    Action<IReadOnlyList<UpstreamAddress>> apply,
    ILogger logger,
    TimeProvider time)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _toldFaults = [];
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        if (table.HasFiles || table.HasHosts)
        {
            _running = RunAsync();
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task RunAsync()
    {
        var lastLookup = time.GetTimestamp();
        return new PeriodicWork("looking at what names upstreams", logger, time).RunAsync(
            ForwardLimits.FileInterval, LookAsync, _stop.Token);

        async Task LookAsync(CancellationToken stop)
        {
            List<string> faults = [.. table.ReadFiles()];
            if (table.HasHosts && time.GetElapsedTime(lastLookup) >= ForwardLimits.HostInterval)
            {
                lastLookup = time.GetTimestamp();
                faults.AddRange(await table.ResolveHostsAsync(stop).ConfigureAwait(false));
            }

            Tell(faults);
            apply(table.Addresses);
        }
    }

    // A fault that lasts is one line, until it has been away for a while.
    private void Tell(List<string> faults)
    {
        foreach (var fault in faults.Where(_toldFaults.Add))
        {
            ForwardLog.TargetNotRead(logger, fault);
        }

        if (faults.Count == 0)
        {
            _toldFaults.Clear();
        }
    }
}
