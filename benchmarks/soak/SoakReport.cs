using ClusterDns.Measuring;
using ClusterDns.Testing.Soak;

namespace ClusterDns.Soak;

/// <summary>Tables, and whether everything in them holds.</summary>
internal sealed class SoakReport
{
    private const double ResidentRatio = 1.1;
    private const double ResidentGrowth = 4;
    private const double HeapGrowth = 4;

    /// <summary>Sockets to upstreams are kept for a while: how many there are follows from who was dead shortly before.</summary>
    private const int MoreDescriptors = 32;
    private const int MoreThreads = 8;
    private const double Minute = 60;
    private const double ShortestJudged = 3 * Minute;

    private static readonly TimeSpan ConvergenceLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UpstreamLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly MarkdownTable _answers = new("", "seen", "limit", "");
    private readonly MarkdownTable _process = new("", "least", "2nd minute, median", "most", "last minute, median", "most", "growth by fitted line", "");

    public SoakReport(SoakRun run, SoakSamples samples, TimeSpan? stop)
    {
        var tally = run.Tally;
        AddFigure("asked", tally.Asked);
        AddFigure("of these over TCP", tally.OverTcp);
        AddFigure("asked a second time", tally.Retried);
        Add("wrong", $"{tally.Wrong}", "0", tally.Wrong == 0);
        Add("SERVFAIL without a reason", $"{tally.Failed}", "0", tally.Failed == 0);
        AddFigure("SERVFAIL while both upstreams were dead", tally.ExcusedFailures);
        Add("lost", $"{tally.Lost}", "0", tally.Lost == 0);
        Add("most behind the cluster, s", Seconds(tally.Lag), Seconds(ConvergenceLimit), tally.Lag <= ConvergenceLimit);
        Add("right again after an outage, at most, s", Seconds(tally.Convergence), Seconds(ConvergenceLimit), tally.Convergence <= ConvergenceLimit);
        Add("last SERVFAIL after the upstreams' return, s", Seconds(tally.UpstreamRecovery), Seconds(UpstreamLimit), tally.UpstreamRecovery <= UpstreamLimit);
        Add("stop without an API server, s", stop is { } time ? Seconds(time) : "killed", Seconds(StopLimit), stop <= StopLimit);
        if (samples.All.Count > 0 && samples.All[^1].Seconds >= ShortestJudged - Minute / 2)
        {
            Compare(samples);
        }

        Happened = run.Happened;
    }

    /// <summary>Every row holds.</summary>
    public bool Holds { get; private set; } = true;

    private string Happened { get; }

    public override string ToString() => $"{Happened}\n\n{_answers}\n{_process}";

    private void Compare(SoakSamples samples)
    {
        var end = samples.All[^1].Seconds;
        var (second, last) = (samples.Between(Minute, 2 * Minute), samples.Between(end - Minute, double.MaxValue));
        Compare("resident, MiB", static sample => sample.Resident, (early, late, growth) =>
            late.At(1) <= early.At(1) * ResidentRatio && late.Median - early.Median < ResidentGrowth && growth < ResidentGrowth);
        Compare("heap, MiB", static sample => sample.Heap, static (_, _, growth) => growth < HeapGrowth);
        Compare("descriptors", static sample => sample.Descriptors, static (early, late, growth) =>
            late.Median <= early.Median + MoreDescriptors && growth < MoreDescriptors);
        Compare("threads", static sample => sample.Threads, static (early, late, _) => late.At(1) <= early.At(1) + MoreThreads);
        Compare("TCP connections", static sample => sample.Connections, static (early, late, _) => late.At(1) <= early.At(1) + MoreThreads);

        void Compare(string name, Func<SoakSample, double> value, Func<Quantiles, Quantiles, double, bool> isMet)
        {
            var early = new Quantiles(second.Select(value));
            var late = new Quantiles(last.Select(value));
            var growth = samples.Growth(value);
            var holds = isMet(early, late, growth);
            Holds &= holds;
            _process.Add(
                name, $"{samples.All.Min(value):0.#}", $"{early.Median:0.#}", $"{early.At(1):0.#}", $"{late.Median:0.#}", $"{late.At(1):0.#}", $"{growth:0.00}", Say(holds));
        }
    }

    private void AddFigure(string name, long number) => _answers.Add(name, $"{number}", "", "");

    private void Add(string name, string seen, string limit, bool isMet)
    {
        Holds &= isMet;
        _answers.Add(name, seen, limit, Say(isMet));
    }

    private static string Say(bool holds) => holds ? "holds" : "does not hold";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.00}";
}
