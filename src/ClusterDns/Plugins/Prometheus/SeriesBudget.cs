namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// Bounds the sets of labels that series are kept for: servers with their zones, and upstreams. They come from the
/// Corefile and what it names, but a registry forgets none, and upstreams found by name may be others every day.
/// </summary>
internal sealed class SeriesBudget(int most)
{
    /// <summary>Sets of labels by default. One of a server and zone takes some 10 KiB, most of it a part for each thread.</summary>
    public const int DefaultMost = 2000;

    /// <summary>What is left of that where memory is short.</summary>
    public const int LeastMost = 200;

    /// <summary>What it becomes where memory is plenty: a scrape of more takes seconds.</summary>
    public const int UtmostMost = 8000;

    /// <summary>The label of everything that came too late to have its own.</summary>
    public const string Other = "other";

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = [];

    /// <summary>Whether these labels may have series; once they may, they always may.</summary>
    public bool Admits(string labels)
    {
        lock (_gate)
        {
            return _known.Contains(labels) || (_known.Count < most && _known.Add(labels));
        }
    }
}
