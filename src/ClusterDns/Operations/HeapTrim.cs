using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations;

/// <summary>
/// Makes the heap small again after what leaves much behind: a list of the cluster, a reload. Reading a whole cluster
/// leaves garbage and torn pages, and the collector alone would keep the room for good: with 10,000 Services 5 to 9 MiB out
/// of lists, 59 out of manifests (benchmarks/README.md).
/// </summary>
/// <param name="lists">Lists read and configurations taken into service so far.</param>
/// <param name="logger">Hears of rounds that failed.</param>
/// <param name="time">The clock.</param>
internal sealed class HeapTrim(Func<long> lists, ILogger logger, TimeProvider time)
{
    /// <summary>
    /// Between two looks. One trim stops all threads for 3 to 16 ms (150,000 endpoints and as many pods), so it must not come often; what waits in sockets
    /// meanwhile is answered after it.
    /// </summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _trimmedAt;

    /// <summary>How often the heap was trimmed.</summary>
    public int Trims { get; private set; }

    /// <summary>Trims once in each interval that brought a list or a configuration.</summary>
    public Task RunAsync(CancellationToken stop) =>
        new PeriodicWork("giving memory back", logger, time).RunAsync(Interval, _ => LookAsync(), stop);

    public void Trim()
    {
        _trimmedAt = lists();
        Trims++;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private Task LookAsync()
    {
        if (lists() != _trimmedAt)
        {
            Trim();
        }

        return Task.CompletedTask;
    }
}
