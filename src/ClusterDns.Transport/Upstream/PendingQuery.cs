using System.Threading.Tasks.Sources;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>
/// One query that waits for its reply. Used again and again; whoever takes it out of its <see cref="UpstreamChannel"/> is
/// the one that completes it.
/// </summary>
internal sealed class PendingQuery : IValueTaskSource<UpstreamReply>
{
    /// <summary>Beyond every timeout that makes sense, and what a timer takes.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromHours(1);

    /// <summary>A system timer counts whole milliseconds and may come that much early.</summary>
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly BoundedPool<PendingQuery> _pool;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly byte[] _question = new byte[WireName.MaxLength + MessageHeader.QuestionFixedPart];
    private ManualResetValueTaskSourceCore<UpstreamReply> _result;
    private UpstreamChannel? _channel;
    private int _questionLength;
    private long _began;
    private TimeSpan _timeout;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;

    public PendingQuery(BoundedPool<PendingQuery> pool, TimeProvider time)
    {
        _pool = pool;
        _time = time;
        _timer = time.CreateTimer(
            static state => ((PendingQuery)state!).TimeOut(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ushort Id { get; private set; }

    /// <summary>The channel had been in use before this query.</summary>
    public bool IsChannelReused { get; private set; }

    /// <summary>When it was asked.</summary>
    public long Began => _began;

    /// <summary>To be awaited once.</summary>
    public ValueTask<UpstreamReply> Reply => new(this, _result.Version);

    public ReadOnlySpan<byte> Question => _question.AsSpan(0, _questionLength);

    private TimeSpan Left => _timeout - _time.GetElapsedTime(_began);

    public void Prepare(ReadOnlySpan<byte> question, TimeSpan timeout, CancellationToken cancellation)
    {
        question.CopyTo(_question);
        _questionLength = question.Length;
        _began = _time.GetTimestamp();
        _timeout = timeout < LongestTimeout ? timeout : LongestTimeout;
        _cancellation = cancellation;
    }

    /// <summary>
    /// The channel has it now and holds its lock: a timer or a cancellation that was meant for this object's last use
    /// finds it either in no channel or, by the lock, not yet due.
    /// </summary>
    public void Join(UpstreamChannel channel, ushort id, bool isReused)
    {
        Id = id;
        IsChannelReused = isReused;
        _result.RunContinuationsAsynchronously = channel.CompletesAsynchronously;
        Volatile.Write(ref _channel, channel);
        SetTimer(_timeout);
        if (_cancellation.CanBeCanceled)
        {
            _registration = _cancellation.UnsafeRegister(
                static (state, token) => ((PendingQuery)state!).Cancel(token), this);
        }
    }

    /// <summary>Whether its time is over; if not, makes sure that somebody asks again. By the channel, in its lock.</summary>
    public bool IsOverdue()
    {
        var left = Left;
        if (left <= TimeSpan.Zero)
        {
            return true;
        }

        SetTimer(left + TimerGrain);
        return false;
    }

    public bool IsCancelledBy(CancellationToken token) => _cancellation == token;

    /// <summary>By whoever took it out of the channel, and outside its lock: it may run what waits for the reply.</summary>
    public void Complete(in UpstreamReply reply)
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration.Unregister();
        _registration = default;
        _result.SetResult(reply);
    }

    /// <summary>No channel has taken it, so nobody waits.</summary>
    public void Abandon() => _pool.Return(this);

    UpstreamReply IValueTaskSource<UpstreamReply>.GetResult(short token)
    {
        var reply = _result.GetResult(token);
        _result.Reset();
        Volatile.Write(ref _channel, null);
        _cancellation = default;
        _pool.Return(this);
        return reply;
    }

    ValueTaskSourceStatus IValueTaskSource<UpstreamReply>.GetStatus(short token) => _result.GetStatus(token);

    void IValueTaskSource<UpstreamReply>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _result.OnCompleted(continuation, state, token, flags);

    private void SetTimer(TimeSpan time) =>
        _timer.Change(time > TimeSpan.Zero ? time : TimeSpan.Zero, Timeout.InfiniteTimeSpan);

    private void TimeOut() => Volatile.Read(ref _channel)?.TimeOut(this);

    private void Cancel(CancellationToken token) => Volatile.Read(ref _channel)?.Cancel(this, token);
}
