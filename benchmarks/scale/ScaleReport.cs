using System.Text;
using ClusterDns.Measuring;

namespace ClusterDns.Scale;

/// <summary>Writes what was seen, with the distance to each aim.</summary>
internal sealed class ScaleReport(IReadOnlyList<SizeResult> results, string head)
{
    private const double StartLimitSeconds = 1;
    private const double RelistLimit = 1.2;
    private const double ChangeLimitMilliseconds = 10;
    private const int LimitedChangesPerSecond = 100;

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder($"# Size\n\n{head}\n\n## The aims\n\n{Aims()}\n");
        text.Append($"## Memory\n\nResident, in MiB.\n\n![Memory](scale-memory.svg)\n\n{Memory()}\n");
        text.Append($"## Start\n\nFrom the start of the process to the first right answer, in seconds; lists alone is what the API server takes for a client that throws them away.\n\n{Start()}\n");
        text.Append($"## From a change to its answer\n\nFrom before the API server hears of it until a client has the new address, in milliseconds.\n\n![Changes](scale-changes.svg)\n\n{Changes()}");
        File.WriteAllText(Path.Combine(folder, "scale.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "scale-memory.svg"), MemoryChart().ToString());
        File.WriteAllText(Path.Combine(folder, "scale-changes.svg"), ChangesChart().ToString());
    }

    public MarkdownTable Aims()
    {
        var table = new MarkdownTable("aim", "limit", "this run", "of the limit", "");
        foreach (var result in results)
        {
            Add(table, $"memory: {result.Size.Title}", result.Size.MemoryLimit, result.Steady);
            Add(table, $"peak of a relist to steady: {result.Size.Title}", result.Size.Shape is null ? null : RelistLimit, result.PeakOfRelist / result.Steady);
            Add(table, $"first right answer, s: {result.Size.Title}", result.Size.HasChanges ? StartLimitSeconds : null, result.FirstAnswerSeconds);
            foreach (var (rate, latency) in result.Changes.Where(change => change.ChangesPerSecond == LimitedChangesPerSecond))
            {
                Add(table, $"change to answer at {rate} a second, p99 in ms", ChangeLimitMilliseconds, latency.At(0.99) * 1e3);
            }
        }

        return table;
    }

    private static void Add(MarkdownTable table, string aim, double? limit, double seen)
    {
        if (limit is { } number)
        {
            table.Add(aim, $"{number:0.0}", $"{seen:0.00}", $"{seen / number:0.00}", seen <= number ? "met" : "missed");
        }
    }

    private MarkdownTable Memory()
    {
        var table = new MarkdownTable("size", "steady", "most while starting", "most of a relist", "after the relist");
        foreach (var result in results)
        {
            var isListed = result.Size.Shape is not null;
            table.Add(
                result.Size.Title, $"{result.Steady:0.0}", $"{result.PeakOfStart:0.0}", isListed ? $"{result.PeakOfRelist:0.0}" : "",
                isListed ? $"{result.SteadyAfterRelist:0.0}" : "");
        }

        return table;
    }

    private MarkdownTable Start()
    {
        var table = new MarkdownTable("size", "first right answer", "CPU user", "CPU system", "lists alone");
        foreach (var result in results)
        {
            table.Add(
                result.Size.Title, $"{result.FirstAnswerSeconds:0.00}", $"{result.FirstAnswerUsage.User:0.00}", $"{result.FirstAnswerUsage.System:0.00}",
                result.Size.Shape is null ? "" : $"{result.ListSeconds:0.00}");
        }

        return table;
    }

    private MarkdownTable Changes()
    {
        var table = new MarkdownTable("size", "changes a second", "p50", "p90", "p99", "probes");
        foreach (var (title, rate, latency) in AllChanges())
        {
            table.Add(title, $"{rate}", $"{latency.Median * 1e3:0.00}", $"{latency.At(0.9) * 1e3:0.00}", $"{latency.At(0.99) * 1e3:0.00}", $"{latency.Count}");
        }

        return table;
    }

    private BarChart MemoryChart()
    {
        var chart = new BarChart("Resident memory by size of the cluster", "MiB; shorter is better");
        foreach (var result in results)
        {
            chart.Add(result.Size.Title, "steady", true, $"{result.Steady:0.0}", result.Steady);
            if (result.Size.Shape is not null)
            {
                chart.Add(result.Size.Title, "peak of a relist", true, $"{result.PeakOfRelist:0.0}", result.PeakOfRelist);
            }

            if (result.Size.MemoryLimit is { } limit)
            {
                chart.Add(result.Size.Title, "the aim", false, $"{limit:0}", limit);
            }
        }

        return chart;
    }

    private BarChart ChangesChart()
    {
        var chart = new BarChart("From a change to its answer", "milliseconds, while queries run; shorter is better");
        foreach (var (_, rate, latency) in AllChanges())
        {
            chart.Add($"{rate} changes a second", "p50", true, $"{latency.Median * 1e3:0.00}", latency.Median * 1e3);
            chart.Add($"{rate} changes a second", "p99", true, $"{latency.At(0.99) * 1e3:0.00}", latency.At(0.99) * 1e3);
        }

        return chart;
    }

    private IEnumerable<(string Title, int Rate, Quantiles Latency)> AllChanges() =>
        results.SelectMany(result => result.Changes.Select(change => (result.Size.Title, change.ChangesPerSecond, change.Latency)));
}
