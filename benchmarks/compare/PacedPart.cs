using ClusterDns.Compare.Servers;

namespace ClusterDns.Compare;

/// <summary>Asks all servers at the same rate, which the slowest bears with ease, and notes what each answer takes.</summary>
internal sealed class PacedPart(CompareOptions options, IReadOnlyList<Server> servers)
{
    /// <summary>Of the slowest server's rate: what all of them can bear.</summary>
    private const double OfferedShare = 0.5;

    public void Run(Mix mix, string queryFile, IReadOnlyList<MixResult> results)
    {
        var rate = results.Min(result => result.Median(measured => measured.Rate)) * OfferedShare;
        var rounds = servers.Select(_ => new List<double[]>()).ToList();
        for (var round = 1; round <= options.PacedRounds; round++)
        {
            foreach (var i in RoundOrder.Of(round, servers.Count))
            {
                rounds[i].Add([.. Dnsperf.RunPaced(servers[i].Port, queryFile, options.PacedSeconds, mix.Flags, rate).Latencies()]);
            }
        }

        for (var i = 0; i < servers.Count; i++)
        {
            var latency = new PacedLatency(rate, rounds[i]);
            results[i].Latency = latency;
            Console.WriteLine(
                $"{mix.Name,-12} {servers[i].Name,-20} at {rate,7:0} q/s  p50 {latency.PooledMedian * 1e6:0}  p99 {latency.P99.Median * 1e6:0}  of all {latency.PooledP99 * 1e6:0}  p99.9 {latency.PooledP999 * 1e6:0} us");
        }
    }
}
