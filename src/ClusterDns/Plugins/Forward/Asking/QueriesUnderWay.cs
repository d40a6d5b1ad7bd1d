namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>Counts the queries of a directive that wait for upstreams, so that whoever stops can wait for the last.</summary>
internal sealed class QueriesUnderWay
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private int _isStopping;

    public int Count => Volatile.Read(ref _count);

    /// <summary><see cref="Leave"/> follows.</summary>
    public void Enter() => Interlocked.Increment(ref _count);

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
