namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>One question under way and those who wait for its answer: one leads and asks, the others join.</summary>
internal sealed class SharedExchange(byte[] question)
{
    private TaskCompletionSource<Resolved>? _joined;
    private int _holders = 1;

    /// <summary>The message that is asked.</summary>
    public byte[] Question { get; } = question;

    /// <summary>For those who joined.</summary>
    public Task<Resolved> Answer => _joined!.Task;

    /// <summary>False when enough wait already. One caller at a time, and none after <see cref="Complete"/>.</summary>
    public bool TryJoin()
    {
        if (_holders > ForwardLimits.MostWaiters)
        {
            return false;
        }

        _holders++;
        _joined ??= new TaskCompletionSource<Resolved>(TaskCreationOptions.RunContinuationsAsynchronously);
        return true;
    }

    public void Complete(Resolved resolved) => _joined?.SetResult(resolved);

    /// <summary>Each holder says once that it has what it needs; the last one gives the reply's memory back.</summary>
    public void Release(Resolved resolved)
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            resolved.Dispose();
        }
    }
}
