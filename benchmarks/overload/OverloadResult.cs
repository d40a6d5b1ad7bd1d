using System.Diagnostics;
using ClusterDns.Measuring;

namespace ClusterDns.Overload;

/// <summary>What a run showed; of the ordinary client's queries, when they were sent and the seconds to their answers.</summary>
internal sealed record OverloadResult
{
    private const double InTimeSeconds = 0.010;
    private const double AnsweredLimit = 0.999;
    private const double MemoryLimit = 170;
    private const double RecoveryLimit = 1;
    private const int RowOfRecovery = 100;

    public required IReadOnlyList<(long Sent, double? Seconds)> Calm { get; init; }

    public required IReadOnlyList<(long Sent, double? Seconds)> Flooded { get; init; }

    public required IReadOnlyList<(long Sent, double? Seconds)> Recovered { get; init; }

    public required long FloodEnded { get; init; }

    /// <summary>How long the flood lasted.</summary>
    public required double Seconds { get; init; }

    /// <summary>Queries of the flood.</summary>
    public required long Sent { get; init; }

    /// <summary>Queries that the server took up meanwhile.</summary>
    public required long Received { get; init; }

    public required long Shed { get; init; }

    /// <summary>Packets that the system had no room for.</summary>
    public required long Dropped { get; init; }

    /// <summary>Answers to the ordinary client that were no address.</summary>
    public required int Wrong { get; init; }

    public required double PeakMebibytes { get; init; }

    /// <summary>Processor time of the server, of one core.</summary>
    public required double CpuShare { get; init; }

    /// <summary>How long the server's threads could have run and others had the core.</summary>
    public required double WaitedSeconds { get; init; }

    /// <summary>From the end of the flood to the first of a hundred queries in a row that were answered in time.</summary>
    public double RecoverySeconds
    {
        get
        {
            var inARow = 0;
            for (var i = 0; i < Recovered.Count; i++)
            {
                inARow = IsInTime(Recovered[i]) ? inARow + 1 : 0;
                if (inARow == RowOfRecovery)
                {
                    return Stopwatch.GetElapsedTime(FloodEnded, Recovered[i + 1 - RowOfRecovery].Sent).TotalSeconds;
                }
            }

            return double.PositiveInfinity;
        }
    }

    public MarkdownTable Aims()
    {
        var table = new MarkdownTable("aim", "limit", "this run", "");
        var inTime = Share(Flooded, IsInTime);
        table.Add("cluster names answered within 10 ms, %", $"{AnsweredLimit * 100:0.0}", $"{inTime * 100:0.000}", Verdict(inTime >= AnsweredLimit));
        table.Add("resident at most, MiB", $"{MemoryLimit:0}", $"{PeakMebibytes:0.0}", Verdict(PeakMebibytes <= MemoryLimit));
        table.Add("as before after, s", $"{RecoveryLimit:0}", $"{RecoverySeconds:0.00}", Verdict(RecoverySeconds <= RecoveryLimit));
        return table;
    }

    public MarkdownTable Details()
    {
        var table = new MarkdownTable("", "before", "during", "after");
        table.Add("cluster names asked", $"{Calm.Count}", $"{Flooded.Count}", $"{Recovered.Count}");
        Add(table, "answered, %", queries => Share(queries, query => query.Seconds is not null) * 100);
        Add(table, "answered within 10 ms, %", queries => Share(queries, IsInTime) * 100);
        Add(table, "p50, ms", queries => Latency(queries, 0.5));
        Add(table, "p99, ms", queries => Latency(queries, 0.99));
        Add(table, "p99.9, ms", queries => Latency(queries, 0.999));
        table.Add("not answered within 10 ms, by tenths of the flood", "", string.Join(" ", LateByTenths()), "");
        table.Add("flood sent a second", "", $"{Sent / Seconds:0}", "");
        table.Add("server took up a second", "", $"{Received / Seconds:0}", "");
        table.Add("refused a second", "", $"{Shed / Seconds:0}", "");
        table.Add("dropped by the system a second", "", $"{Dropped / Seconds:0}", "");
        table.Add("cores used by the server", "", $"{CpuShare:0.00}", "");
        table.Add("seconds that the server waited for its core", "", $"{WaitedSeconds:0.00}", "");
        table.Add("wrong answers", "", $"{Wrong}", "");
        return table;
    }

    private void Add(MarkdownTable table, string title, Func<IReadOnlyList<(long Sent, double? Seconds)>, double> of) =>
        table.Add(title, $"{of(Calm):0.000}", $"{of(Flooded):0.000}", $"{of(Recovered):0.000}");

    private IEnumerable<int> LateByTenths() => Flooded
        .Select((query, index) => (IsLate: !IsInTime(query), Tenth: index * 10 / Flooded.Count))
        .GroupBy(query => query.Tenth)
        .Select(tenth => tenth.Count(query => query.IsLate));

    private static string Verdict(bool isMet) => isMet ? "met" : "missed";

    private static bool IsInTime((long Sent, double? Seconds) query) => query.Seconds <= InTimeSeconds;

    private static double Share(IReadOnlyList<(long Sent, double? Seconds)> queries, Func<(long Sent, double? Seconds), bool> isGood) =>
        queries.Count == 0 ? double.NaN : (double)queries.Count(isGood) / queries.Count;

    // A query without an answer took for ever.
    private static double Latency(IReadOnlyList<(long Sent, double? Seconds)> queries, double share) =>
        new Quantiles(queries.Select(query => query.Seconds ?? double.PositiveInfinity)).At(share) * 1e3;
}
