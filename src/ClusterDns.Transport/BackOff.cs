namespace ClusterDns.Transport;

/// <summary>How long to wait after a failure that may last: doubling from 10 ms to 1 s. Owned by one loop.</summary>
internal sealed class BackOff
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = Shortest;

    /// <summary>The wait for one more failure.</summary>
    public TimeSpan Next()
    {
        var wait = _next;
        _next = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, Longest.Ticks));
        return wait;
    }

    /// <summary>After a success.</summary>
    public void Reset() => _next = Shortest;
}
