namespace ClusterDns.Plugins.Cache;

/// <summary>The bounds of a cache, and what a directive leaves unsaid.</summary>
internal static class CacheLimits
{
    /// <summary>Entries of a table whose capacity is not named.</summary>
    public const int DefaultCapacity = 9984;

    /// <summary>Capacities are rounded down to a multiple of this, as for CoreDNS, whose tables have so many shards.</summary>
    public const int CapacityStep = 256;

    /// <summary>Entries of the smallest table, whatever is asked for.</summary>
    public const int SmallestCapacity = 1024;

    /// <summary>Seconds that an answer is kept at most.</summary>
    public const uint LongestSuccess = 3600;

    /// <summary>Seconds that a denial is kept at most.</summary>
    public const uint LongestDenial = 1800;

    /// <summary>Seconds that anything is kept at least; also the TTL of what names none.</summary>
    public const uint Shortest = 5;

    /// <summary>Part of the memory that this process may use which all caches together may fill: one fourth.</summary>
    public const int MemoryDivisor = 4;

    /// <summary>Octets for all caches together however little memory there is: some thousand replies.</summary>
    public const long LeastOctets = 1024 * 1024;

    /// <summary>A single reply larger than this part of the budget is not kept: it would push out too many others.</summary>
    public const int LargestEntryDivisor = 64;

    /// <summary>Refreshes under way for one directive; a client is then served what there is.</summary>
    public const int MostRefreshes = 1000;

    /// <summary>Slots that one step of the sweep looks at under a shard's lock.</summary>
    public const int SweepSlots = 512;

    /// <summary>Time between two steps of the sweep: a table of the default size is swept whole in four.</summary>
    public static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    /// <summary>RFC 2308, 7.1: a server failure is kept for five minutes at most.</summary>
    public static readonly TimeSpan LongestServerFailure = TimeSpan.FromMinutes(5);

    /// <summary>Octets that all caches together may fill.</summary>
    /// <param name="memory">Octets that the process may use; null without a limit, and the machine's memory counts.</param>
    public static long OctetsFor(long? memory)
    {
        // Of a limit the runtime takes three quarters for its heap, and tells that as all there is.
        var available = memory is { } octets ? octets / 4 * 3 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return Math.Max(LeastOctets, available / MemoryDivisor);
    }

    /// <summary>Entries that a table holds for a capacity in a Corefile.</summary>
    public static int EntriesFor(int capacity) =>
        Math.Max(SmallestCapacity, capacity - (capacity % CapacityStep));
}
