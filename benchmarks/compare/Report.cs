using System.Text;
using ClusterDns.Compare.Servers;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>Writes what was seen: a table for each mix, the aims, and charts.</summary>
internal sealed class Report(IReadOnlyList<MixResult> results, IReadOnlyList<Server> servers, string head)
{
    private const double Micro = 1e6;

    private static readonly string PacedExplanation = $"""
        Everybody is asked at half of the slowest server's highest rate. p99 is the median of what the rounds had for their p99, with
        the interval that holds the median of endless rounds with {MedianInterval.Confidence:0 %}: a stall of the machine of 30 ms, which is all of one round's
        p99, is one round's only. Beside it, of the answers of all rounds together: p50, and p99 and p99.9 with the stalls in them.
        """;

    /// <summary>What is read first: our builds beside each other where there are several, else the aims.</summary>
    public string Summary => servers.Count(server => !server.IsPeer) > 1
        ? $"## Builds beside each other\n\n{BuildRatios.Explanation}\n\n{new BuildRatios(results).Table()}"
        : $"## The aims\n\nRatios of this run; at most the limit is met.\n\n{new Targets(results).Table()}";

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder($"# Side by side\n\n{head}\n\n{Summary}\n");
        text.Append($"## CPU time for an answer\n\n![CPU time for an answer](compare-cpu.svg)\n\n{Flat()}\n");
        text.Append($"## Latency at the same rate for all\n\n{PacedExplanation}\n\n![Latency](compare-latency.svg)\n\n{Paced()}\n");
        text.Append($"## Memory\n\nMiB resident; of servers of several processes, the sum of their proportional shares.\n\n![Memory](compare-memory.svg)\n\n{Memory()}");
        File.WriteAllText(Path.Combine(folder, "compare.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder, "compare-cpu.svg"), CpuChart().ToString());
        File.WriteAllText(Path.Combine(folder, "compare-latency.svg"), LatencyChart().ToString());
        File.WriteAllText(Path.Combine(folder, "compare-memory.svg"), MemoryChart().ToString());
    }

    private MarkdownTable Flat()
    {
        var table = new MarkdownTable("mix", "server", "CPU us", "user", "system", "to ours", "answers/s", "lost", "rcodes");
        foreach (var result in results)
        {
            var cpu = result.Median(measured => measured.Microseconds);
            table.Add(
                result.Mix.Title, result.Server, $"{cpu:0.00}", $"{result.Median(measured => measured.UserMicroseconds):0.00}",
                $"{result.Median(measured => measured.SystemMicroseconds):0.00}", $"{cpu / Ours(result)?.Median(measured => measured.Microseconds):0.00}",
                $"{result.Median(measured => measured.Rate):0}", $"{result.Median(measured => measured.Lost):0.00%}", result.Rounds[^1].Codes);
        }

        return table;
    }

    private MarkdownTable Paced()
    {
        var table = new MarkdownTable("mix", "server", "queries/s", "p50 us", "p99 us", "95 %", "p99 to ours", "p99 of all", "p99.9 of all");
        foreach (var result in results.Where(result => result.Latency is not null))
        {
            var latency = result.Latency!;
            table.Add(
                result.Mix.Title, result.Server, $"{latency.Rate:0}", $"{latency.PooledMedian * Micro:0}", $"{latency.P99.Median * Micro:0}",
                latency.P99.IsKnown ? $"{latency.P99.Low * Micro:0} to {latency.P99.High * Micro:0}" : "",
                $"{latency.P99.Median / Ours(result)?.Latency?.P99.Median:0.00}", $"{latency.PooledP99 * Micro:0}", $"{latency.PooledP999 * Micro:0}");
        }

        return table;
    }

    private MarkdownTable Memory()
    {
        var table = new MarkdownTable("server", "started", "most, after a measurement", "at the end");
        foreach (var server in servers)
        {
            table.Add(server.Name, $"{server.IdleMemory:0.0}", $"{Most(server):0.0}", $"{server.Memory:0.0}");
        }

        return table;
    }

    private BarChart CpuChart()
    {
        var chart = new BarChart("CPU time for an answer", "microseconds, user mode then kernel; shorter is better; each mix has its own scale", scalesEachGroup: true);
        foreach (var result in results)
        {
            var user = result.Median(measured => measured.UserMicroseconds);
            var all = result.Median(measured => measured.Microseconds);
            chart.Add(result.Mix.Title, result.Server, result.IsOurs, $"{all:0.00} ({user:0.00} user)", user, all - user);
        }

        return chart;
    }

    private BarChart LatencyChart()
    {
        var chart = new BarChart("Latency, 99th percentile", "microseconds, median of the rounds, at half of the slowest server's highest rate; shorter is better; each mix has its own scale", scalesEachGroup: true);
        foreach (var result in results.Where(result => result.Latency is not null))
        {
            var latency = result.Latency!.P99.Median * Micro;
            chart.Add($"{result.Mix.Title}, {result.Latency.Rate:0} queries/s", result.Server, result.IsOurs, $"{latency:0}", latency);
        }

        return chart;
    }

    private BarChart MemoryChart()
    {
        var chart = new BarChart("Resident memory", "MiB, once started and at the most after a measurement; shorter is better");
        foreach (var server in servers)
        {
            chart.Add("started", server.Name, server.IsOurs, $"{server.IdleMemory:0.0}", server.IdleMemory);
        }

        foreach (var server in servers)
        {
            chart.Add("most", server.Name, server.IsOurs, $"{Most(server):0.0}", Most(server));
        }

        return chart;
    }

    private double Most(Server server) =>
        results.Where(result => result.Server == server.Name).SelectMany(result => result.Rounds).Select(measured => measured.Memory).DefaultIfEmpty(server.IdleMemory).Max();

    private MixResult? Ours(MixResult like) => results.FirstOrDefault(result => result.Mix == like.Mix && result.IsOurs);
}
