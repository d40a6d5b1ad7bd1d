namespace ClusterDns.Transport.Upstream;

/// <summary>
/// All open channels of one kind, and what bounds them: their number, with and without those that are retired, and how
/// long they live.
/// </summary>
internal sealed class UpstreamChannels(UpstreamContext context, int maxActive, int maxOpen, Action onAdded)
{
    private readonly Lock _lock = new();
    private readonly List<UpstreamChannel> _open = [];
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    public int InFlight => Copy().Sum(channel => channel.InFlight);

    /// <summary>No more channels may be opened.</summary>
    public bool IsFull
    {
        get
        {
            lock (_lock)
            {
                return IsFullLocked;
            }
        }
    }

    private bool IsFullLocked =>
        _isClosed || _open.Count >= maxOpen || (_open.Count >= maxActive && _open.Count(channel => !channel.IsRetired) >= maxActive);

    /// <summary>False, and the channel is of no use, when there are too many or all are being closed.</summary>
    public bool TryAdd(UpstreamChannel channel)
    {
        lock (_lock)
        {
            if (IsFullLocked)
            {
                return false;
            }

            _open.Add(channel);
        }

        onAdded();
        return true;
    }

    public void Remove(UpstreamChannel channel)
    {
        lock (_lock)
        {
            _open.Remove(channel);
        }
    }

    /// <summary>The channel that has the fewest queries in flight and takes more, the oldest of equals; null without any.</summary>
    public UpstreamChannel? LeastBusy()
    {
        lock (_lock)
        {
            UpstreamChannel? best = null;
            foreach (var channel in _open)
            {
                if (!channel.IsRetired && (best is null || channel.InFlight < best.InFlight))
                {
                    best = channel;
                }
            }

            return best;
        }
    }

    /// <summary>Retires what is idle or old for too long, and idle channels beyond their number. Never throws.</summary>
    public void Sweep()
    {
        var idle = 0;
        foreach (var channel in Copy())
        {
            try
            {
                Sweep(channel, ref idle);
            }
            catch (Exception error)
            {
                // A bug of ours. On a timer's thread it would end the process, and the other channels have their time too.
                context.Failures.ConnectionFailed(error);
            }
        }
    }

    /// <summary>Closes everything; completes when every socket is closed.</summary>
    public async Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        var open = Copy();
        foreach (var channel in open)
        {
            channel.Fail(UpstreamOutcome.Cancelled, UpstreamErrorText.Closed);
        }

        await Task.WhenAll(open.Select(channel => channel.Ended)).ConfigureAwait(false);
    }

    private void Sweep(UpstreamChannel channel, ref int idle)
    {
        var mostIdle = context.Options.MaxIdleConnections;
        channel.RetireIfDue();
        if (!channel.IsRetired
            && channel.IdleTime > TimeSpan.Zero
            && mostIdle != UpstreamOptions.UnlimitedIdle
            && ++idle > mostIdle)
        {
            channel.Retire();
        }
    }

    private UpstreamChannel[] Copy()
    {
        lock (_lock)
        {
            return [.. _open];
        }
    }
}
