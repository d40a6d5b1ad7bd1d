using ClusterDns.Compare.Servers;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>Asks all servers in turn, round after round, one mix after the other.</summary>
internal sealed class Comparison(CompareOptions options, Scenery scenery, IReadOnlyList<Server> servers)
{
    private const double WarmUpSeconds = 1;

    /// <summary>Of the slowest server's rate: what all of them can bear.</summary>
    private const double OfferedShare = 0.5;

    public List<MixResult> Results { get; } = [];

    public void Run(IEnumerable<Mix> mixes)
    {
        foreach (var mix in mixes)
        {
            var serving = servers.Where(server => server.Serves(mix)).ToList();
            if (!serving.Any(server => server.IsOurs) && servers.Any(server => server.IsOurs))
            {
                Console.WriteLine($"{mix.Name}: skipped, our binary does not serve the directives it needs");
                continue;
            }

            var results = serving.Select(server => new MixResult(mix, server.Name, server.IsOurs)).ToList();
            RunFlatOut(mix, serving, results);
            if (mix.HasLatency)
            {
                RunPaced(mix, serving, results);
            }

            Results.AddRange(results);
        }
    }

    private void RunFlatOut(Mix mix, List<Server> serving, List<MixResult> results)
    {
        foreach (var server in serving)
        {
            WarmUp(mix, server);
        }

        for (var round = 1; round <= options.Rounds; round++)
        {
            var file = QueryFile(mix, round);
            for (var i = 0; i < serving.Count; i++)
            {
                var measured = Measure(serving[i], file, mix);
                results[i].Rounds.Add(measured);
                Console.WriteLine(
                    $"{mix.Name,-12} {serving[i].Name,-11} {measured.Rate,9:0} q/s  {measured.UserMicroseconds,6:0.00} + {measured.SystemMicroseconds,6:0.00} us  lost {measured.Lost:0.00%}  {measured.Codes}");
            }
        }
    }

    // What is to come out of caches must be in them: as often as it takes for every name.
    private void WarmUp(Mix mix, Server server)
    {
        const int NamesPerSecond = 10_000;
        Ask(mix, server, QueryFile(mix, 0), WarmUpSeconds + (mix.CachedNames / NamesPerSecond));
    }

    private static Dnsperf.Outcome Ask(Mix mix, Server server, string file, double seconds) => mix.IsOneShot
        ? new OneShotTcp(server.Port, File.ReadAllLines(file), seconds).Run()
        : Dnsperf.RunFlatOut(server.Port, file, seconds, mix.Flags);

    private Measurement Measure(Server server, string file, Mix mix)
    {
        var before = ProcessUsage.OfTree(server.ProcessId);
        var outcome = Ask(mix, server, file, options.Seconds);
        var used = ProcessUsage.OfTree(server.ProcessId) - before;
        var answers = Math.Max(outcome.Completed, 1);
        return new Measurement(
            outcome.Rate, used.User * 1e6 / answers, used.System * 1e6 / answers, outcome.Lost / Math.Max(outcome.Completed + outcome.Lost, 1), outcome.Codes, server.Memory);
    }

    private void RunPaced(Mix mix, List<Server> serving, List<MixResult> results)
    {
        var rate = results.Min(result => result.Median(measured => measured.Rate)) * OfferedShare;
        var latencies = serving.Select(_ => new List<double>()).ToList();
        var file = QueryFile(mix, 0);
        for (var round = 1; round <= options.Rounds; round++)
        {
            for (var i = 0; i < serving.Count; i++)
            {
                latencies[i].AddRange(Dnsperf.RunPaced(serving[i].Port, file, options.Seconds, mix.Flags, rate).Latencies());
            }
        }

        for (var i = 0; i < serving.Count; i++)
        {
            var quantiles = new Quantiles(latencies[i]);
            results[i].Latency = quantiles;
            results[i].OfferedRate = rate;
            Console.WriteLine(
                $"{mix.Name,-12} {serving[i].Name,-11} at {rate,7:0} q/s  p50 {quantiles.Median * 1e6:0}  p99 {quantiles.At(0.99) * 1e6:0}  p99.9 {quantiles.At(0.999) * 1e6:0} us");
        }
    }

    private string QueryFile(Mix mix, int round)
    {
        var path = scenery.PathOf($"{mix.Name}-{(mix.Source == MixSource.Uncached ? round : 0)}.queries");
        if (!File.Exists(path))
        {
            File.WriteAllLines(path, mix.Queries(round));
        }

        return path;
    }
}
