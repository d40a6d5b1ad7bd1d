namespace ClusterDns.Testing;

/// <summary>What an action costs in garbage once everything it needs is there.</summary>
internal static class Allocation
{
    private const int Rounds = 1000;
    private const int MostMeasurings = 5;

    /// <summary>
    /// Octets that a thousand runs allocate on this thread, after as many to warm up: the least of a few thousands. What the
    /// action allocates is in each of them. Now and then something else is in one: a collection counts what was left of the
    /// thread's allocation context, and the runtime sets something up as it compiles a method anew.
    /// </summary>
    public static long Of(Action action)
    {
        Repeat(action);
        var least = long.MaxValue;
        for (var i = 0; i < MostMeasurings && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(action);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }
    }
}
