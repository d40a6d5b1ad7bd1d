namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>Every resolver of this machine on every host, with the server configured in every way.</summary>
internal sealed class ResolverRun
{
    private readonly List<Measurement> _measurements = [];
    private readonly Dictionary<ServerVariant, (long Sent, long Received)> _queries = [];

    private ResolverRun()
    {
    }

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>All queries by the accounts of the hosts that sent them and of the one that received them.</summary>
    public IReadOnlyDictionary<ServerVariant, (long Sent, long Received)> Queries => _queries;

    public static async Task<ResolverRun> MakeAsync()
    {
        using var programs = new ResolverPrograms();
        await using var cluster = new ResolverCluster();
        var run = new ResolverRun();
        foreach (var variant in ServerVariant.All)
        {
            await using var server = await cluster.StartServerAsync(variant);
            var (sent, received) = (Client.All.Sum(cluster.CountSent), cluster.CountReceived());

            // Hosts do not disturb each other: each counts what it sends. A host's resolvers take turns.
            var measured = await Task.WhenAll(Client.All.Select(client => MeasureAsync(cluster, programs, variant, client)));
            run._measurements.AddRange(measured.SelectMany(each => each));
            run._queries[variant] = (Client.All.Sum(cluster.CountSent) - sent, cluster.CountReceived() - received);
        }

        return run;
    }

    private static async Task<List<Measurement>> MeasureAsync(
        ResolverCluster cluster, ResolverPrograms programs, ServerVariant variant, Client client)
    {
        var measured = new List<Measurement>();
        foreach (var resolver in ResolverTable.All.Where(resolver => resolver.Tools.All(RequiredTool.IsHere)))
        {
            await using var process = cluster.StartResolver(client, resolver, programs.Folder);
            foreach (var lookup in Lookups.All.Where(lookup => resolver.KnowsServices || !lookup.IsService))
            {
                var before = cluster.CountSent(client);
                var answers = await process.AskAsync(lookup.Line);
                var queries = cluster.CountSent(client) - before;
                measured.Add(new Measurement(variant, client, resolver, lookup, Lookup.Normalize(answers), queries));
            }
        }

        return measured;
    }
}
