namespace ClusterDns.Testing.Faults;

/// <summary>The table of what can go wrong between a server and its API server.</summary>
public static class FaultCases
{
    /// <summary>What an API server needs for a list at the most.</summary>
    private static readonly TimeSpan SlowList = TimeSpan.FromSeconds(60);

    /// <summary>Without an event or bookmark for so long, a watch is given up; and half of a streamed list's slowness.</summary>
    private static readonly TimeSpan BookmarkSilence = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StreamedListSilence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Restart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Refusal = TimeSpan.FromSeconds(20);
    private const string RetryAfterSeconds = "2";

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new("down at start, with a snapshot", Down, Up, Refusal) { Start = FaultStart.WithSnapshot },
        new("down at start, without a snapshot", Down, Up, Refusal) { Start = FaultStart.WithoutSnapshot },
        new("down for 10 minutes", Down, Up, Outage),
        new("restart and relist of everything", Down, UpAndForgetful, Restart),
        new("compaction: versions too old", Do(proxy => proxy.Expire()), Nothing, TimeSpan.Zero),
        new("429 with Retry-After", Refuse(_ => (429, RetryAfterSeconds)), Accept, Refusal) { Detection = TimeSpan.FromSeconds(2) },
        new("503", Refuse(_ => (503, null)), Accept, Refusal),
        new("403 on one kind", Refuse(path => path.EndsWith("/services", StringComparison.Ordinal) ? (403, null) : null), Accept, Refusal),
        new("token rotated", RotateToken, Nothing, TimeSpan.Zero) { HasToken = true },
        new("half a JSON line", Do(proxy => proxy.CutNext()), Nothing, TimeSpan.Zero),
        new("connections silently dropped", Do(proxy => proxy.DropSilently()), Nothing, TimeSpan.Zero) { Detection = BookmarkSilence },
        new("a list of 60 s", SlowDown, Nothing, TimeSpan.Zero) { Detection = StreamedListSilence + SlowList },
    ];

    private static Task Down(FaultProxy proxy)
    {
        proxy.GoDown();
        return Task.CompletedTask;
    }

    private static Task Up(FaultProxy proxy)
    {
        proxy.ComeBack();
        return Task.CompletedTask;
    }

    private static Task UpAndForgetful(FaultProxy proxy)
    {
        proxy.ForgetVersions();
        return Up(proxy);
    }

    private static Task Nothing(FaultProxy proxy) => Task.CompletedTask;

    private static Func<FaultProxy, Task> Do(Action<FaultProxy> what) => proxy =>
    {
        what(proxy);
        return Task.CompletedTask;
    };

    private static Func<FaultProxy, Task> Refuse(Func<string, (int Code, string? RetryAfter)?> refuses) => Do(proxy =>
    {
        proxy.Refuses = refuses;
        proxy.Reset();
    });

    private static Task Accept(FaultProxy proxy)
    {
        proxy.Refuses = null;
        return Task.CompletedTask;
    }

    // As the kubelet does: the new token is in the file, and the old one is not accepted any more.
    private static async Task RotateToken(FaultProxy proxy)
    {
        await proxy.RotateTokenAsync();
        proxy.Reset();
    }

    private static Task SlowDown(FaultProxy proxy)
    {
        proxy.ListDelay = SlowList;
        proxy.ForgetVersions();
        proxy.Reset();
        return Task.CompletedTask;
    }
}
