namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Time in which nobody waits: timers of up to <paramref name="longestSkipped"/> are due at once.</summary>
internal sealed class ImpatientTime(TimeSpan longestSkipped) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isSkipped = dueTime > TimeSpan.Zero && dueTime <= longestSkipped;
        return base.CreateTimer(callback, state, isSkipped ? TimeSpan.Zero : dueTime, period);
    }
}
