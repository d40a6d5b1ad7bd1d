namespace ClusterDns.Testing;

/// <summary>The queries that a <see cref="FakeUpstream"/> has received, for those who look and those who wait.</summary>
internal sealed class FakeQueryLog
{
    /// <summary>Longer than anything takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<FakeQuery> _queries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<FakeQuery> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _queries];
            }
        }
    }

    public void Add(FakeQuery query)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _queries.Add(query);
            (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    public async Task<IReadOnlyList<FakeQuery>> WaitForAsync(int count)
    {
        using var tooLong = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_queries.Count >= count)
                {
                    return [.. _queries];
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(tooLong.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{All.Count} queries received, not {count}: {string.Join("; ", All)}");
            }
        }
    }
}
