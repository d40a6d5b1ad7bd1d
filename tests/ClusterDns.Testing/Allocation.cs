namespace ClusterDns.Testing;

/// <summary>What an action costs in garbage once everything it needs is there.</summary>
internal static class Allocation
{
    private const int Rounds = 1000;

    /// <summary>Octets that a thousand runs allocate on this thread, after as many to warm up.</summary>
    public static long Of(Action action)
    {
        Repeat(action);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(action);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }
    }
}
