namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>Counts queries that wait for upstreams: bounds them, and lets whoever stops wait for the last.</summary>
internal sealed class QueriesUnderWay(int most)
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _isStopping;

    public int Count => Volatile.Read(ref _count);

    /// <summary>False when as many are under way as may be; otherwise <see cref="Leave"/> follows.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _isStopping) != 0)
        {
            _empty.TrySetResult();
        }
    }

    /// <summary>Waits until none is under way, at most <paramref name="longest"/>.</summary>
    public async Task WaitForLastAsync(TimeSpan longest, TimeProvider time)
    {
        Interlocked.Exchange(ref _isStopping, 1);
        if (Count == 0)
        {
            return;
        }

        await ((Task)_empty.Task.WaitAsync(longest, time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
