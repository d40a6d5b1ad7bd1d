using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>
/// Our builds beside each other: how much more or less CPU time an answer costs than with ours, and how well the rounds show it.
/// </summary>
internal sealed class BuildRatios(IReadOnlyList<MixResult> results)
{
    private const double Percent = 100;

    public static string Explanation { get; } = $"""
        A ratio is the median of the rounds' ratios, each of CPU time for an answer to that of ClusterDns in the same round. The
        interval holds the median of endless rounds with {MedianInterval.Confidence:0 %}: the binomial one, which assumes nothing of how rounds
        are spread, and takes {MedianInterval.FewestValues} of them. A claim "within x %" is shown when x is not less than "shown within", and refuted
        when the whole interval is farther from 1 than x; between the two, these rounds decide nothing. User mode and the kernel
        are told apart by where a tick of the clock finds the process, so their intervals are wider. Each round has new processes
        of our builds: where things come to lie in memory makes rounds differ too.
        """;

    public MarkdownTable Table()
    {
        var table = new MarkdownTable("mix", "server", "CPU", "us", "to ours", "at least", "at most", "shown within", "");
        foreach (var result in results.Where(result => !result.IsOurs))
        {
            if (results.FirstOrDefault(other => other.IsOurs && other.Mix == result.Mix) is { } ours)
            {
                Add(table, result, ours, "all", measured => measured.Microseconds);
                Add(table, result, ours, "user", measured => measured.UserMicroseconds);
                Add(table, result, ours, "system", measured => measured.SystemMicroseconds);
            }
        }

        return table;
    }

    private static void Add(MarkdownTable table, MixResult result, MixResult ours, string part, Func<Measurement, double> value)
    {
        var ratio = result.RatioTo(ours, value);
        table.Add(
            result.Mix.Name, result.Server, part, $"{result.Median(value):0.000}", $"{ratio.Median:0.000}",
            ratio.IsKnown ? $"{ratio.Low:0.000}" : "", ratio.IsKnown ? $"{ratio.High:0.000}" : "",
            ratio.IsKnown ? $"{ratio.FarthestFrom(1) * Percent:0.0} %" : "", Verdict(ratio));
    }

    private static string Verdict(MedianInterval ratio) =>
        !ratio.IsKnown ? "too few rounds, or too short"
        : ratio.Low > 1 ? "more"
        : ratio.High < 1 ? "less"
        : "no difference shown";
}
