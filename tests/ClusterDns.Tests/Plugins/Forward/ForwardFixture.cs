using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>The <c>forward</c> lines of a block, set up as a server does it, in front of scripted upstreams.</summary>
internal sealed class ForwardFixture : IAsyncDisposable
{
    private readonly PluginFixture _plugin;
    private readonly Dictionary<string, ScriptedExchange> _exchanges = [];
    private readonly Action<ScriptedExchange> _prepare;
    private readonly PluginChain _chain;

    /// <param name="lines">The lines, in a block for example.org.</param>
    /// <param name="prepare">Told of each upstream when it is first connected to.</param>
    /// <param name="inFront">A plugin set up from the same lines before; null for none.</param>
    public ForwardFixture(string lines, Action<ScriptedExchange>? prepare = null, PluginDescriptor? inFront = null)
    {
        _prepare = prepare ?? (_ => { });
        _plugin = new PluginFixture(
            new PluginDescriptor("forward", (directives, block) =>
            {
                inFront?.SetUp([.. directives.Where(directive => directive.Name == inFront.Name)], block);
                ForwardDirective.SetUp([.. directives.Where(directive => directive.Name == "forward")], block, Connect);
            }),
            lines);
        _chain = _plugin.Chain();
    }

    public ManualClock Clock => _plugin.Clock;

    public IReadOnlyList<string> Log => _plugin.Log.Lines;

    public BlockSetup Block => _plugin.Block;

    public ForwardPlugin Forward => _plugin.Block.Plugins.OfType<ForwardPlugin>().First();

    public IReadOnlyList<Upstream> Upstreams => Forward.Upstreams;

    /// <summary>An upstream by the last part of its address: 1 for 10.0.0.1:53.</summary>
    public ScriptedExchange this[int host] => _exchanges[$"10.0.0.{host}:53"];

    public ScriptedExchange Of(string address) => _exchanges[address];

    public Task StartAsync() => _plugin.StartAsync();

    public Task StopAsync() => _plugin.StopAsync();

    public Task<IReadOnlyList<string>> ScrapeAsync() => _plugin.ScrapeAsync();

    /// <summary>Asks, and lets the clock run until the answer is there.</summary>
    public async Task<ForwardAnswer> AskAsync(Query query) => await RunAsync(BeginAsync(query));

    public Task<ForwardAnswer> AskAsync(string name, RecordType type = RecordType.A) =>
        AskAsync(QueryFactory.Ask(name, type));

    /// <summary>Asks; the answer comes when the clock says so.</summary>
    public async Task<ForwardAnswer> BeginAsync(Query query)
    {
        var start = Clock.GetTimestamp();
        var result = await _chain.ServeAsync(query).ConfigureAwait(false);
        return new ForwardAnswer(query, result, Clock.GetElapsedTime(start));
    }

    /// <summary>
    /// Moves the clock. Whatever waits for it goes on at once, on this thread: a test's own context would put it off
    /// until the test waits for something.
    /// </summary>
    public void Advance(TimeSpan by)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Clock.Advance(by);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>Lets the clock run in steps of a millisecond until a task is done.</summary>
    public async Task<T> RunAsync<T>(Task<T> task)
    {
        for (var step = 0; step < 10_000 && !task.IsCompleted; step++)
        {
            Advance(TimeSpan.FromMilliseconds(1));
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Stopping waits for queries under way, by the test's clock.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopping = _plugin.DisposeAsync().AsTask();
        while (!stopping.IsCompleted)
        {
            Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        await stopping;
    }

    private ScriptedExchange Connect(
        ForwardOptions options, ClusterDns.Plugins.Forward.Targets.UpstreamAddress address, TimeProvider time)
    {
        var exchange = new ScriptedExchange(address.ToString(), time);
        _prepare(exchange);
        return _exchanges[exchange.Address] = exchange;
    }
}
