namespace ClusterDns.Transport.Upstream;

/// <summary>
/// The connections to the upstream. A query takes one that has nothing to do; while all are busy another is opened, up to
/// their number, and then queries share the least busy one.
/// </summary>
internal sealed class UpstreamStreams
{
    /// <summary>A connection may end between being chosen and taking the query; not that often in a row.</summary>
    private const int MostChoices = 4;

    private readonly UpstreamContext _context;
    private readonly UpstreamDialer _dialer;

    public UpstreamStreams(UpstreamContext context, Action onOpened)
    {
        _context = context;
        _dialer = new UpstreamDialer(context);
        var most = context.Options.MaxConnections;
        Connections = new UpstreamChannels(context, most, UpstreamOptions.RetiredFactor * most, onOpened);
    }

    public UpstreamChannels Connections { get; }

    /// <summary>Sends the query over one of the connections; false when <paramref name="refusal"/> says why it cannot.</summary>
    /// <param name="pending">Who will have the reply.</param>
    /// <param name="query">What to ask.</param>
    /// <param name="isFresh">Only a connection that is not open yet, as long as there may be one.</param>
    /// <param name="refusal">Why not.</param>
    public bool TrySend(PendingQuery pending, in UpstreamQuery query, bool isFresh, out UpstreamReply refusal)
    {
        refusal = default;
        for (var i = 0; i < MostChoices; i++)
        {
            if (Choose(isFresh, out var isNew) is not { } connection)
            {
                break;
            }

            // Before it starts: an attempt to connect may have failed by the time that it has begun.
            var isTaken = connection.TryAdd(pending);
            if (isNew)
            {
                connection.Start();
            }

            if (isTaken)
            {
                connection.Send(pending, query);
                return true;
            }
        }

        refusal = UpstreamReply.Failed(
            UpstreamOutcome.Busy,
            UpstreamErrorText.Dial(
                "tcp", _context.Options.SourceAddress, _context.Target.Endpoint, "too many queries in flight"));
        return false;
    }

    private UpstreamConnection? Choose(bool isFresh, out bool isNew)
    {
        isNew = false;
        var best = (UpstreamConnection?)Connections.LeastBusy();
        if (best is not null && best.InFlight == 0 && !(isFresh && best.IsOpen))
        {
            return best;
        }

        var another = Connections.IsFull ? null : new UpstreamConnection(_context, Connections, _dialer);
        if (another is null || !Connections.TryAdd(another))
        {
            // Where there was none, another thread has opened the one that there may be since it was looked for.
            return best ?? (UpstreamConnection?)Connections.LeastBusy();
        }

        Interlocked.Increment(ref _context.Tally.ConnectionsOpened);
        isNew = true;
        return another;
    }
}
