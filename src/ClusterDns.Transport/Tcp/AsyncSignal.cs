namespace ClusterDns.Transport.Tcp;

/// <summary>
/// Wakes the one loop that waits because something changed; which change it was, the loop looks up. A signal without a
/// waiter is kept for the next one, so none is lost; a wait may end without need, so it stands in a loop.
/// </summary>
internal sealed class AsyncSignal
{
    private static readonly object Signalled = new();

    /// <summary>Null, <see cref="Signalled"/>, or the waiter.</summary>
    private object? _state;

    public void Set()
    {
        if (Interlocked.Exchange(ref _state, Signalled) is TaskCompletionSource waiter)
        {
            waiter.SetResult();
        }
    }

    /// <summary>One waiter at a time.</summary>
    public Task WaitAsync()
    {
        // On its own thread: whoever signals is in the middle of something.
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _state, waiter, null) is null)
        {
            return waiter.Task;
        }

        // A full fence: the caller looks at what changed only after the signal is taken.
        Interlocked.Exchange(ref _state, null);
        return Task.CompletedTask;
    }
}
