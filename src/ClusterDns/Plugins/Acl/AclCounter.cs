using Prometheus;

namespace ClusterDns.Plugins.Acl;

/// <summary>
/// A counter by server and zone. Both are always the same few objects, so that a series is found without looking its
/// labels up.
/// </summary>
internal sealed class AclCounter(Counter family, bool hasZone)
{
    private readonly Lock _learning = new();
    private Known[] _known = [];

    public void Count(string server, string zone)
    {
        foreach (ref readonly var known in Volatile.Read(ref _known).AsSpan())
        {
            if (ReferenceEquals(known.Server, server) && ReferenceEquals(known.Zone, zone))
            {
                known.Series.Inc();
                return;
            }
        }

        Learn(server, zone).Inc();
    }

    private Counter.Child Learn(string server, string zone)
    {
        // The view is empty: there are none.
        var series = hasZone ? family.WithLabels(server, zone, "") : family.WithLabels(server, "");
        lock (_learning)
        {
            Volatile.Write(ref _known, [.. _known, new Known(server, zone, series)]);
        }

        return series;
    }

    private readonly record struct Known(string Server, string Zone, Counter.Child Series);
}
