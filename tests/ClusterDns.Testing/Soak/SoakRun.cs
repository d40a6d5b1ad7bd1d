using System.Diagnostics;
using System.Net;
using ClusterDns.Testing.Faults;

namespace ClusterDns.Testing.Soak;

/// <summary>
/// Everything at once, for as long as the pace says: questions, a cluster that changes, Corefiles that change, an API
/// server and upstreams that fail. Each answer is held against what was true.
/// </summary>
internal sealed class SoakRun(ISoakedServer server, SoakPace pace)
{
    private const int Seed = 20_000;
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StartPoll = TimeSpan.FromMilliseconds(20);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _fresh;

    public SoakTally Tally { get; } = new();

    /// <summary>Told when the load begins; ends with the token.</summary>
    public Func<CancellationToken, Task> Beside { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Told at the end, while the API server is away.</summary>
    public Func<Task> AtEnd { get; init; } = static () => Task.CompletedTask;

    /// <summary>What has happened, as one line for people.</summary>
    public string Happened { get; private set; } = "";

    /// <summary>Corefiles given: good ones, and ones with a mistake.</summary>
    public (int Sound, int Broken) Reloads { get; private set; }

    private TimeSpan Now => _clock.Elapsed;

    public async Task RunAsync()
    {
        await using var api = await FakeApiServer.StartAsync();
        var cluster = new SoakCluster(api, () => Now);
        await using var proxy = await FaultProxy.StartAsync(api.Url);
        await using var upstreams = new SoakUpstreams(() => Now);
        var outages = new Disturbances(() => Now);
        var troubles = new ApiServerTroubles(proxy, api, cluster, outages);
        var endpoint = await server.StartAsync(SoakCorefile.Sound(proxy.Url, upstreams.Endpoints, version: 0));
        await UntilAnsweredAsync(endpoint);

        using var ended = new CancellationTokenSource(pace.Time);
        var judge = new SoakJudge(outages, upstreams.BothDead, pace.Lag, Tally, upstreams.Since);
        await Task.WhenAll(
        [
            .. Clients(endpoint, judge, pace.ClusterClients, random => cluster.Ask(random), ended.Token),
            .. Clients(endpoint, judge, pace.OutsideClients, random => OutsideNames.Ask(random, Interlocked.Increment(ref _fresh)), ended.Token),
            RepeatAsync(pace.ChangePause, Seed, random => Do(() => cluster.ChangeSomething(random)), ended.Token),
            RepeatAsync(pace.ApiPause, Seed + 1, random => troubles.OneAsync(random, pace.LongestOutage, ended.Token), ended.Token),
            RepeatAsync(pace.UpstreamPause, Seed + 2, random => upstreams.TroubleAsync(random, pace.LongestUpstreamTrouble * random.NextDouble(), ended.Token), ended.Token),
            RepeatAsync(pace.ReloadPause, Seed + 3, random => ReloadAsync(random, proxy.Url, upstreams), ended.Token),
            Beside(ended.Token),
        ]);
        Happened = $"{cluster.Changes} changes; API server: {troubles.Counts}; upstreams: {upstreams.OneTroubled} times one, "
            + $"{upstreams.BothDead.Count} times both; Corefiles: {Reloads.Sound} sound, {Reloads.Broken} broken";
        proxy.GoDown();
        await AtEnd();
    }

    private IEnumerable<Task> Clients(
        IPEndPoint endpoint, SoakJudge judge, int count, Func<Random, SoakQuestion> ask, CancellationToken ended) =>
        Enumerable.Range(0, count).Select(number =>
        {
            var random = new Random(Seed + number);
            var client = new SoakClient(endpoint, isTcp: number % 3 == 2, () => ask(random), judge, Tally, () => Now);
            return client.RunAsync(pace.ClientPause, ended);
        });

    private async Task ReloadAsync(Random random, Uri apiServer, SoakUpstreams upstreams)
    {
        var version = random.Next(100);
        var sound = SoakCorefile.Sound(apiServer, upstreams.Endpoints, version);
        var isSound = random.Next(3) > 0;
        Reloads = isSound ? (Reloads.Sound + 1, Reloads.Broken) : (Reloads.Sound, Reloads.Broken + 1);
        await server.ReloadAsync(isSound ? sound : SoakCorefile.Broken(sound, version));
    }

    private static async Task RepeatAsync(TimeSpan pause, int seed, Func<Random, Task> what, CancellationToken ended)
    {
        var random = new Random(seed);
        while (true)
        {
            await Task.Delay(pause * (0.5 + random.NextDouble()), ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            await what(random);
        }
    }

    private static Task Do(Action what)
    {
        what();
        return Task.CompletedTask;
    }

    private static async Task UntilAnsweredAsync(IPEndPoint endpoint)
    {
        var patience = Stopwatch.StartNew();
        using var socket = FaultClient.Connect(endpoint);
        while (await FaultClient.AskAsync(socket, "headless-0.soak-0.svc.cluster.local.", CancellationToken.None) is null or FaultNames.Failure or FaultNames.Missing)
        {
            if (patience.Elapsed > StartPatience)
            {
                throw new TimeoutException("the server does not answer");
            }

            await Task.Delay(StartPoll);
        }
    }
}
