using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.LoadBalance;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>A started <c>cache</c> directive in front of an upstream that a test plays.</summary>
internal sealed class CacheScene : IAsyncDisposable
{
    public const string Server = "dns://:53";

    private readonly PluginFixture _fixture;
    private readonly PluginChain _chain;
    private int _asked;

    private CacheScene(PluginFixture fixture)
    {
        _fixture = fixture;
        _chain = PluginChain.Build([.. fixture.Block.Plugins, new StubPlugin(AnswerAsync)]);
    }

    /// <summary>What the upstream does; it may take its time.</summary>
    public Func<Query, ValueTask<ServeResult>> UpstreamAsync { get; set; } = query => new(Upstreams.Address(query, 300));

    /// <summary>What an upstream does that answers at once.</summary>
    public Func<Query, ServeResult> Upstream
    {
        set => UpstreamAsync = query => new ValueTask<ServeResult>(value(query));
    }

    /// <summary>Queries that reached the upstream.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public ManualClock Clock => _fixture.Clock;

    public CacheBudget Budget => _fixture.Services.CacheBudget;

    public PluginChain Chain => _chain;

    public static async Task<CacheScene> StartAsync(string corefile, params string[] liveZones)
    {
        var fixture = new PluginFixture(CacheDirective.Descriptor, corefile);
        fixture.Block.ServerLabels.Add(Server);
        fixture.Block.LiveZones.AddRange(liveZones.Select(zone => DnsName.Parse(zone)));
        await fixture.StartAsync();
        return new CacheScene(fixture);
    }

    /// <summary>Asks and gives the answered query.</summary>
    public async Task<Query> AskAsync(Query query)
    {
        await ServeAsync(query);
        return query;
    }

    public Task<Query> AskAsync(string name = "a.example.org.", RecordType type = RecordType.A) =>
        AskAsync(QueryFactory.Ask(name, type));

    public ValueTask<ServeResult> ServeAsync(Query query)
    {
        query.StartTimestamp = Clock.GetTimestamp();
        query.ServerLabel = Server;
        return _chain.ServeAsync(query);
    }

    /// <summary>The records of the reply, <c>owner TTL TYPE data</c>.</summary>
    public async Task<string> LinesAsync(string name = "a.example.org.", RecordType type = RecordType.A) =>
        string.Join('\n', ReplyText.Of((await AskAsync(name, type)).Reply));

    /// <summary>The TTL of the first record of a reply.</summary>
    public async Task<uint> TimeToLiveAsync(string name = "a.example.org.", RecordType type = RecordType.A) =>
        FirstTimeToLive((await AskAsync(name, type)).Reply);

    public static uint FirstTimeToLive(Reply reply)
    {
        var records = reply.ReadRecords();
        return records.TryRead(out var record) ? record.TimeToLive : throw new InvalidOperationException("no records");
    }

    /// <summary>A metric's value; null when the page doesn't show it.</summary>
    public async Task<double?> MetricAsync(string nameAndLabels)
    {
        var line = (await _fixture.ScrapeAsync()).FirstOrDefault(line => line.StartsWith(nameAndLabels + " ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public IReadOnlyList<string> Log => [.. _fixture.Log.Lines];

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private ValueTask<ServeResult> AnswerAsync(Query query)
    {
        Interlocked.Increment(ref _asked);
        return UpstreamAsync(query);
    }
}
