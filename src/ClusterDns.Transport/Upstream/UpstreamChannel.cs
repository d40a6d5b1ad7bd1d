using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// A UDP socket or a connection to the upstream: queries in flight, each under an id of its own, and the replies matched
/// to them. It is open, then retired (no new queries, those in flight go on), then closed.
/// </summary>
internal abstract class UpstreamChannel(UpstreamContext context, int maxQueries)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ushort, PendingQuery> _waiting = [];
    private readonly long _opened = context.Time.GetTimestamp();
    private long _idleSince = context.Time.GetTimestamp();
    private int _inFlight;
    private int _queries;
    private bool _isRetired;
    private bool _isClosed;

    /// <summary>Replies are continued on another thread than the one that reads the next reply.</summary>
    public abstract bool CompletesAsynchronously { get; }

    /// <summary>Ends when the socket is closed and its buffers are given back.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public int InFlight => Volatile.Read(ref _inFlight);

    public bool IsRetired => Volatile.Read(ref _isRetired);

    /// <summary>How long no query has been in flight.</summary>
    public TimeSpan IdleTime => InFlight > 0 ? TimeSpan.Zero : Context.Time.GetElapsedTime(Volatile.Read(ref _idleSince));

    public TimeSpan Age => Context.Time.GetElapsedTime(_opened);

    /// <summary>Queries after which it retires.</summary>
    protected virtual int Lifetime => int.MaxValue;

    /// <summary>After this age it retires; zero for never.</summary>
    protected abstract TimeSpan MaxAge { get; }

    protected UpstreamContext Context { get; } = context;

    protected IPEndPoint Server => Context.Target.Endpoint;

    /// <summary>Begins to receive; once, after everybody who has to know of it does.</summary>
    public void Start() => Ended = RunAsync();

    /// <summary>Takes a query in and gives it an id. False when it is full, retired or closed.</summary>
    public bool TryAdd(PendingQuery query)
    {
        lock (_lock)
        {
            if (_isRetired || _inFlight >= maxQueries)
            {
                return false;
            }

            ushort id;
            do
            {
                id = (ushort)Context.Random.Next();
            }
            while (!_waiting.TryAdd(id, query));

            _inFlight++;
            _isRetired = ++_queries >= Lifetime;
            query.Join(this, id, HasBeenUsed(_queries));
            return true;
        }
    }

    /// <summary>Takes no more queries, and closes as soon as none is in flight.</summary>
    public void Retire()
    {
        bool isEmpty;
        lock (_lock)
        {
            _isRetired = true;
            isEmpty = ClaimClose();
        }

        if (isEmpty)
        {
            Close();
        }
    }

    /// <summary>Retires if it has been idle or open for too long.</summary>
    public void RetireIfDue()
    {
        if (IdleTime >= Context.Options.Expire || (MaxAge > TimeSpan.Zero && Age >= MaxAge))
        {
            Retire();
        }
    }

    /// <summary>Ends it now; what is in flight gets this outcome.</summary>
    public void Fail(UpstreamOutcome outcome, string error)
    {
        FailAll(query => UpstreamReply.Failed(outcome, error, query.IsChannelReused));
        Close();
    }

    public void TimeOut(PendingQuery query)
    {
        bool isLast;
        lock (_lock)
        {
            if (!IsWaiting(query) || !query.IsOverdue())
            {
                return;
            }

            isLast = Remove(query);
        }

        var reply = UpstreamReply.Failed(UpstreamOutcome.TimedOut, TimeoutText(), query.IsChannelReused);
        try
        {
            OnTimedOut(query);
            CloseIf(isLast);
        }
        catch (Exception error)
        {
            // A bug of ours. On a timer's thread it would end the process, and the query waits for its outcome.
            Context.Failures.ConnectionFailed(error);
        }

        query.Complete(reply);
    }

    public void Cancel(PendingQuery query, CancellationToken token)
    {
        bool isLast;
        lock (_lock)
        {
            if (!IsWaiting(query) || !query.IsCancelledBy(token))
            {
                return;
            }

            isLast = Remove(query);
        }

        query.Complete(UpstreamReply.Failed(UpstreamOutcome.Cancelled, UpstreamErrorText.Cancelled, query.IsChannelReused));
        CloseIf(isLast);
    }

    /// <summary>Receives until the socket is closed; never throws.</summary>
    protected abstract Task RunAsync();

    /// <summary>Whether a query counts as asked over something used before.</summary>
    protected abstract bool HasBeenUsed(int queries);

    /// <summary>Closes the socket; called at least once, from any thread.</summary>
    protected abstract void Close();

    protected abstract string TimeoutText();

    protected virtual void OnTimedOut(PendingQuery query)
    {
    }

    /// <summary>Takes back a query that could not be sent; false when somebody else has completed it.</summary>
    protected bool TryTakeBack(PendingQuery query)
    {
        bool isLast;
        lock (_lock)
        {
            if (!IsWaiting(query))
            {
                return false;
            }

            isLast = Remove(query);
        }

        CloseIf(isLast);
        return true;
    }

    /// <summary>
    /// Completes the query that a message answers, with a copy of it. False when it is no reply at all; a reply to
    /// something else is counted and forgotten.
    /// </summary>
    protected bool TryAccept(ReadOnlySpan<byte> message)
    {
        if (!ReplyReader.TryRead(message, out var fields))
        {
            Interlocked.Increment(ref Context.Tally.Malformed);
            return false;
        }

        if (TryTake(message, fields, out var query, out var isLast))
        {
            var copy = ArrayPool<byte>.Shared.Rent(message.Length);
            message.CopyTo(copy);
            query.Complete(UpstreamReply.Answered(copy, 0, message.Length, query.IsChannelReused));
            CloseIf(isLast);
        }

        return true;
    }

    /// <summary>Retires it and completes everything in flight.</summary>
    protected void FailAll(Func<PendingQuery, UpstreamReply> reply)
    {
        PendingQuery[] failed;
        lock (_lock)
        {
            _isRetired = true;
            _isClosed = true;
            failed = [.. _waiting.Values];
            _waiting.Clear();
            _inFlight = 0;
        }

        foreach (var query in failed)
        {
            query.Complete(reply(query));
        }
    }

    private bool TryTake(
        ReadOnlySpan<byte> message, in ReplyFields fields, [NotNullWhen(true)] out PendingQuery? query, out bool isLast)
    {
        isLast = false;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(fields.Id, out query))
            {
                Interlocked.Increment(ref Context.Tally.Unasked);
                return false;
            }

            if (!fields.Repeats(message, query.Question) && !fields.IsComplaint(message))
            {
                Interlocked.Increment(ref Context.Tally.Mismatched);
                return false;
            }

            isLast = Remove(query);
            return true;
        }
    }

    private bool IsWaiting(PendingQuery query) => _waiting.TryGetValue(query.Id, out var waiting) && waiting == query;

    /// <summary>In the lock. Whether the channel is to be closed after it.</summary>
    private bool Remove(PendingQuery query)
    {
        _waiting.Remove(query.Id);
        if (--_inFlight == 0)
        {
            Volatile.Write(ref _idleSince, Context.Time.GetTimestamp());
        }

        return ClaimClose();
    }

    /// <summary>In the lock. True for the one who is to close it.</summary>
    private bool ClaimClose()
    {
        if (!_isRetired || _isClosed || _inFlight > 0)
        {
            return false;
        }

        _isClosed = true;
        return true;
    }

    private void CloseIf(bool isLast)
    {
        if (isLast)
        {
            Close();
        }
    }
}
