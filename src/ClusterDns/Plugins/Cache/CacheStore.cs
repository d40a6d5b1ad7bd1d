using System.Security.Cryptography;
using ClusterDns.Operations;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Cache;

/// <summary>The two tables of one <c>cache</c> directive. They outlive a configuration whose successor says the same.</summary>
internal sealed class CacheStore
{
    private readonly PeriodicWork _sweeping;
    private readonly ITimer _sweep;

    public CacheStore(CacheOptions options, CacheBudget budget, TimeProvider time, ILogger logger)
    {
        var clock = new CacheClock(time);
        Success = new CacheTable(CacheLimits.EntriesFor(options.Success.Capacity), budget, clock);
        Denial = new CacheTable(CacheLimits.EntriesFor(options.Denial.Capacity), budget, clock);
        Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _sweeping = new PeriodicWork("sweeping the cache", logger, time);
        _sweep = time.CreateTimer(_ => Sweep(), null, CacheLimits.SweepPeriod, CacheLimits.SweepPeriod);
    }

    public CacheTable Success { get; }

    public CacheTable Denial { get; }

    /// <summary>What keys are hashed with.</summary>
    public ulong Seed { get; }

    /// <summary>Entries at or below a name, for an operator.</summary>
    public IEnumerable<CacheEntry> Find(CacheScope scope) => Success.Find(scope).Concat(Denial.Find(scope));

    /// <summary>Throws them away; gives how many there were.</summary>
    public int Remove(CacheScope scope) => Success.Remove(scope) + Denial.Remove(scope);

    public void Close()
    {
        _sweep.Dispose();
        Success.Close();
        Denial.Close();
    }

    // On a timer's thread an exception would end the process. Nothing waits in a round: it is over on return.
    private void Sweep() => _ = _sweeping.TryAsync(
        _ =>
        {
            Success.Sweep();
            Denial.Sweep();
            return Task.CompletedTask;
        },
        CancellationToken.None);
}
