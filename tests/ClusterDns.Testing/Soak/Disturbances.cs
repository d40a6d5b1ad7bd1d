namespace ClusterDns.Testing.Soak;

/// <summary>The times at which something was not as it should be, and how far behind an answer may therefore be.</summary>
internal sealed class Disturbances(Func<TimeSpan> now)
{
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan Begin, TimeSpan End)> _all = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _all.Count;
            }
        }
    }

    public void Begin()
    {
        lock (_lock)
        {
            _all.Add((now(), TimeSpan.MaxValue));
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _all[^1] = (_all[^1].Begin, now());
        }
    }

    /// <summary>
    /// The oldest moment whose truth may still be told at <paramref name="time"/>: <paramref name="lag"/> before, and where a
    /// disturbance lies in that time, so long before that began.
    /// </summary>
    public TimeSpan Oldest(TimeSpan time, TimeSpan lag)
    {
        lock (_lock)
        {
            var oldest = time - lag;
            for (var i = _all.Count - 1; i >= 0 && _all[i].End >= oldest; i--)
            {
                oldest = _all[i].Begin <= time ? Min(oldest, _all[i].Begin - lag) : oldest;
            }

            return oldest;
        }
    }

    /// <summary>Since the end of the last one that began before; null where one goes on or there was none.</summary>
    public TimeSpan? SinceEnd(TimeSpan time)
    {
        lock (_lock)
        {
            var last = _all.FindLast(period => period.Begin <= time);
            return last == default || last.End > time ? null : time - last.End;
        }
    }

    /// <summary>One went on at some moment between the two, or had ended less than <paramref name="after"/> before.</summary>
    public bool Touch(TimeSpan from, TimeSpan to, TimeSpan after)
    {
        lock (_lock)
        {
            return _all.Exists(period => period.Begin <= to && (period.End == TimeSpan.MaxValue || period.End + after >= from));
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
