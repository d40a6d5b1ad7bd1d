namespace ClusterDns.Testing.Faults;

/// <summary>
/// Time that passes faster than it does, so that ten minutes of an outage are seconds; and a clock on the wall that can be
/// set back, which no timer and no timestamp follows.
/// </summary>
internal sealed class HurriedTime(double factor) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = System.GetTimestamp();
    private long _setBackTicks;

    public override long GetTimestamp() => (long)((System.GetTimestamp() - _startTimestamp) * factor);

    public override DateTimeOffset GetUtcNow() =>
        _start + GetElapsedTime(0, GetTimestamp()) - TimeSpan.FromTicks(Interlocked.Read(ref _setBackTicks));

    public void SetBack(TimeSpan by) => Interlocked.Add(ref _setBackTicks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)), this);

    private TimeSpan Shorten(TimeSpan time) => time > TimeSpan.Zero ? time / factor : time;

    private sealed class Timer(ITimer timer, HurriedTime owner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(owner.Shorten(dueTime), owner.Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
