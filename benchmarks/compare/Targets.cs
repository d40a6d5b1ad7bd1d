using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>What we mean to reach, each against what this run showed.</summary>
internal sealed class Targets(IReadOnlyList<MixResult> results)
{
    private const double UserMicrosecondsLimit = 0.45;
    private const double CachedToClusterLimit = 1.1;

    public MarkdownTable Table()
    {
        var table = new MarkdownTable("aim", "limit", "this run", "");
        AddRatio(table, "real life over UDP: CPU per answer, to NSD's", 1, Cpu("real", null), Cpu("real", "NSD"));
        AddRatio(table, "real life over UDP: CPU per answer, to Knot's", 1, Cpu("real", null), Cpu("real", "Knot"));
        AddRatio(table, "real life over UDP: CPU in user mode per answer, in us", UserMicrosecondsLimit, User("real"), 1);
        AddRatio(table, "1,000 cached external names: CPU per answer, to our cluster hit's", CachedToClusterLimit, Cpu("cached1k", null), Cpu("hit", null));
        AddRatio(table, "1,000 cached external names: CPU per answer, to Unbound's", 1, Cpu("cached1k", null), Cpu("cached1k", "Unbound"));
        AddRatio(table, "100,000 cached external names: CPU per answer, to Unbound's", 1, Cpu("cached100k", null), Cpu("cached100k", "Unbound"));
        AddRatio(table, "long TCP connections: CPU per answer, to Knot's", 1, Cpu("tcp", null), Cpu("tcp", "Knot"));
        foreach (var mix in results.Where(result => result is { IsOurs: true, Latency: not null }).Select(result => result.Mix))
        {
            var best = results.Where(result => result.Mix == mix && result.IsPeer && result.Latency is not null).MinBy(P99);
            var ours = results.First(result => result.Mix == mix && result.IsOurs);
            AddRatio(table, $"{mix.Name}: p99 at the same rate, median of the rounds, to the best peer's ({best?.Server})", 1, P99(ours), best is null ? null : P99(best));
        }

        return table;
    }

    private static double P99(MixResult result) => result.Latency!.P99.Median;

    private static void AddRatio(MarkdownTable table, string aim, double limit, double? ours, double? theirs)
    {
        var ratio = ours / theirs;
        table.Add(aim, $"{limit:0.00}", ratio is null ? "not measured" : $"{ratio:0.00}", ratio is null ? "" : ratio <= limit ? "met" : "missed");
    }

    private double? User(string mix) => Find(mix, null)?.Median(measured => measured.UserMicroseconds);

    // Null for the server means ours.
    private double? Cpu(string mix, string? server) => Find(mix, server)?.Median(measured => measured.Microseconds);

    private MixResult? Find(string mix, string? server) =>
        results.FirstOrDefault(result => result.Mix.Name == mix && (server is null ? result.IsOurs : result.Server == server));
}
