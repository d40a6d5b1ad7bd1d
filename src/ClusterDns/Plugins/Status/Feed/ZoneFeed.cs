using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Plugins.Status.Feed;

/// <summary>The last changes of all clusters, in memory of a fixed size.</summary>
internal sealed class ZoneFeed(TimeProvider time)
{
    private readonly Lock _using = new();
    private readonly ZoneEvent[] _events = new ZoneEvent[StatusLimits.Changes];
    private long _end;

    public void Add(ClusterAction action, ResourceKind kind, ObjectKey key, int count = 0)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_using)
        {
            _events[(int)(_end % _events.Length)] = new ZoneEvent(++_end, now, action, kind, key, count);
        }
    }

    /// <summary>Changes after a number that are still here, oldest first.</summary>
    public ZoneEvent[] ReadAfter(long number)
    {
        lock (_using)
        {
            var first = Math.Clamp(number, Math.Max(0, _end - _events.Length), _end);
            var events = new ZoneEvent[_end - first];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = _events[(int)((first + i) % _events.Length)];
            }

            return events;
        }
    }
}
