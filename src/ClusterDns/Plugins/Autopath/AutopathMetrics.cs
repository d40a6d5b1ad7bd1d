using Prometheus;

namespace ClusterDns.Plugins.Autopath;

/// <summary>How often a search list was walked to an answer.</summary>
internal sealed class AutopathMetrics(CollectorRegistry registry)
{
    private readonly Counter _successes = Metrics.WithCustomRegistry(registry).CreateCounter(
        "coredns_autopath_success_total",
        "Queries that were answered by a name of the client's search list.",
        ["server"]);

    private Known? _last;

    /// <summary>Counts for a listener: one string per listener, so that the counter is found without its label.</summary>
    public void Count(string server)
    {
        var known = Volatile.Read(ref _last);
        while (known is not null && !ReferenceEquals(known.Server, server))
        {
            known = known.Next;
        }

        (known ?? Add(server)).Counter.Inc();
    }

    private Known Add(string server)
    {
        var added = new Known(server, _successes.WithLabels(server), Volatile.Read(ref _last));
        Volatile.Write(ref _last, added);
        return added;
    }

    // A block has one or two listeners. Two threads that meet a new one together may forget one of them for a moment.
    private sealed record Known(string Server, Counter.Child Counter, Known? Next);
}
