using Prometheus;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// The most frequent as metrics: in each family <see cref="MostSeries"/> series, and one for all others. A series goes
/// when what it tells about is no longer among them, so clients do not choose how many there are.
/// </summary>
internal sealed class TopMetrics
{
    /// <summary>Series of a family, the one for all others not counted.</summary>
    public const int MostSeries = 20;

    /// <summary>The label of all others. No name, namespace or address has parentheses.</summary>
    public const string Others = "(other)";

    private const string Prefix = "clusterdns_top_";

    private static readonly (TopFamily Family, string Metric, string What, string[] Labels)[] Families =
    [
        (TopFamily.Client, "client_queries_per_second", "by client", ["client", "namespace", "pod"]),
        (TopFamily.Namespace, "namespace_queries_per_second", "by the client's namespace", ["namespace"]),
        (TopFamily.Name, "name_queries_per_second", "by name", ["name"]),
        (TopFamily.Rcode, "rcode_queries_per_second", "by rcode", ["rcode"]),
        (TopFamily.Upstream, "upstream_name_queries_per_second", "by name, of those that an upstream was asked", ["name"]),
    ];

    private readonly Lock _changing = new();
    private readonly CollectorRegistry _registry;
    private readonly TopTalkers _talkers;
    private Gauge[] _gauges = [];
    private int _users;

    public TopMetrics(CollectorRegistry registry, TopTalkers talkers)
    {
        _registry = registry;
        _talkers = talkers;
        registry.AddBeforeCollectCallback(Show);
    }

    /// <summary>Shows the metrics until <see cref="Release"/>.</summary>
    public void Acquire()
    {
        lock (_changing)
        {
            _users++;
            if (_gauges.Length == 0)
            {
                var factory = global::Prometheus.Metrics.WithCustomRegistry(_registry);
                _gauges =
                [
                    .. Families.Select(family => factory.CreateGauge(
                        Prefix + family.Metric,
                        $"Queries per second over the last 5 to 10 minutes, at least, {family.What}: the most frequent.",
                        family.Labels)),
                ];
            }
        }
    }

    public void Release()
    {
        lock (_changing)
        {
            _users--;
        }
    }

    private void Show()
    {
        lock (_changing)
        {
            if (_gauges.Length == 0)
            {
                return;
            }

            var report = _users > 0 ? _talkers.Read(MostSeries) : null;
            for (var i = 0; i < Families.Length; i++)
            {
                Show(_gauges[i], Families[i].Labels.Length, report?.Recent[(int)Families[i].Family], report?.Window ?? default);
            }
        }
    }

    private static void Show(Gauge gauge, int labelCount, TopList? list, TimeSpan window)
    {
        var shown = new Dictionary<string, (string[] Labels, long Queries)>();
        if (list is { Queries: > 0 })
        {
            foreach (var entry in list.Entries)
            {
                Add(LabelsOf(entry, labelCount), entry.Certain);
            }

            Add([Others, .. Enumerable.Repeat("", labelCount - 1)], list.Queries - list.Entries.Sum(entry => entry.Certain));
        }

        foreach (var gone in gauge.GetAllLabelValues().Where(labels => !shown.ContainsKey(KeyOf(labels))).ToList())
        {
            gauge.RemoveLabelled(gone);
        }

        foreach (var (labels, queries) in shown.Values)
        {
            gauge.WithLabels(labels).Set(queries / Math.Max(1, window.TotalSeconds));
        }

        void Add(string[] labels, long queries)
        {
            var before = shown.GetValueOrDefault(KeyOf(labels)).Queries;
            shown[KeyOf(labels)] = (labels, before + queries);
        }
    }

    private static string[] LabelsOf(TopEntry entry, int count) =>
        count == 1 ? [entry.Text] : [entry.Text, entry.Namespace ?? "", entry.Pod ?? ""];

    // Labels are printable, so that no two lists of them give the same.
    private static string KeyOf(string[] labels) => string.Join('\n', labels);
}
