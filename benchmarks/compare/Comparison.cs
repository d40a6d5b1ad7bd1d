using ClusterDns.Compare.Servers;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>Asks all servers in turn, round after round, one mix after the other.</summary>
internal sealed class Comparison(CompareOptions options, Scenery scenery, IReadOnlyList<Server> servers)
{
    private const double WarmUpSeconds = 0.5;

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

            var results = serving.Select(server => new MixResult(mix, server)).ToList();
            RunFlatOut(mix, serving, results);
            if (mix.HasLatency)
            {
                new PacedPart(options, serving).Run(mix, QueryFile(mix, 0), results);
            }

            Results.AddRange(results);
        }
    }

    private void RunFlatOut(Mix mix, List<Server> serving, List<MixResult> results)
    {
        for (var round = 1; round <= options.Rounds; round++)
        {
            MakeReady(mix, serving, round);
            var file = QueryFile(mix, round);
            foreach (var i in RoundOrder.Of(round, serving.Count))
            {
                var measured = Measure(serving[i], file, mix);
                results[i].Rounds.Add(measured);
                Console.WriteLine(
                    $"{mix.Name,-12} {serving[i].Name,-20} {measured.Rate,9:0} q/s  {measured.UserMicroseconds,6:0.00} + {measured.SystemMicroseconds,6:0.00} us  lost {measured.Lost:0.00%}  {measured.Codes}");
            }
        }
    }

    // Where things come to lie in memory makes some percent between two processes of one binary. Between builds each round has
    // new ones, so that this is among what makes the rounds differ, and in the interval.
    private void MakeReady(Mix mix, List<Server> serving, int round)
    {
        foreach (var server in serving)
        {
            var isNew = options.ComparesBuilds && !server.IsPeer;
            if (isNew)
            {
                server.Restart(scenery);
            }

            if (isNew || round == 1)
            {
                WarmUp(mix, server);
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
