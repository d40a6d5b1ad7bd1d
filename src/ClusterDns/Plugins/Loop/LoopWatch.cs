using System.Threading.Channels;
using ClusterDns.Operations;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Loop;

/// <summary>
/// Asks each upstream of a block for a name of its own, at the start, after changes, and every few minutes. An upstream
/// whose name comes back is taken out of service; one whose name is answered without coming back is put back.
/// </summary>
internal sealed class LoopWatch(
    DnsName zone,
    Func<IEnumerable<ForwardPlugin>> forwards,
    ILogger logger,
    LoopMetrics metrics,
    TimeProvider time)
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Reasons for a round; one that waits is as good as many.</summary>
    private readonly Channel<bool> _rounds =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Dictionary<DnsName, LoopProbe> _probes = new(NameComparer.Instance);
    private Task _running = Task.CompletedTask;

    public Task StartAsync()
    {
        foreach (var forward in forwards())
        {
            forward.OnUpstreamsChanged(BeginRound);
        }

        BeginRound();
        _running = RunAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Whether a query is one of ours that came back; then its upstream goes out of service.</summary>
    public bool TryRecognize(Query query)
    {
        var probes = Volatile.Read(ref _probes).GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!probes.TryGetValue(query.Name.Wire, out var probe))
        {
            return false;
        }

        probe.IsSeen = true;
        metrics.Count(probe.Upstream.Address);
        Report(query, probe.Upstream);
        return true;
    }

    private void BeginRound() => _rounds.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        var work = new PeriodicWork("looking for loops", logger, time);
        await using var timer = time.CreateTimer(_ => BeginRound(), null, LoopLimits.Interval, LoopLimits.Interval);
        await foreach (var round in _rounds.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            await work.TryAsync(_ => AskAllAsync(), _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task AskAllAsync()
    {
        var probes = CreateProbes();
        probes.ForEach(probe => metrics.Show(probe.Upstream.Address));
        Volatile.Write(ref _probes, probes.ToDictionary(probe => probe.Name, NameComparer.Instance));
        await Task.WhenAll(probes.Select(AskAsync)).ConfigureAwait(false);
    }

    private List<LoopProbe> CreateProbes() =>
    [
        .. forwards()
            .SelectMany(forward => forward.Upstreams.Select(upstream => Create(forward, upstream)))
            .OfType<LoopProbe>()
            .Take(LoopLimits.MostProbes),
    ];

    private LoopProbe? Create(ForwardPlugin forward, Upstream upstream) =>
        LoopProbe.Create(upstream, forward.ForcesTcp ? TransportProtocol.Tcp : TransportProtocol.Udp, zone);

    private async Task AskAsync(LoopProbe probe)
    {
        var start = time.GetTimestamp();
        while (!await TryAskAsync(probe).ConfigureAwait(false) && time.GetElapsedTime(start) < LoopLimits.RetryFor)
        {
            await Task.Delay(LoopLimits.RetryAfter, time, _stop.Token).ConfigureAwait(false);
        }
    }

    /// <summary>True when something is known: it came back, or was answered without coming back.</summary>
    private async Task<bool> TryAskAsync(LoopProbe probe)
    {
        using var reply = await probe.Upstream.Exchange
            .ExchangeAsync(probe.Question, probe.Protocol, LoopLimits.Timeout, _stop.Token)
            .ConfigureAwait(false);
        if (probe.IsSeen)
        {
            return true;
        }

        if (reply.Outcome == UpstreamOutcome.Answered && probe.Upstream.PutBackInService())
        {
            LoopLog.Ended(logger, probe.Upstream.Named.NamedAt, probe.Upstream.Address);
        }

        return reply.Outcome == UpstreamOutcome.Answered;
    }

    private void Report(Query query, Upstream upstream)
    {
        var blame = $"{upstream.Named.NamedAt} names {upstream.Named.NamedAs}, which leads back here";
        if (upstream.TakeOutOfService(blame))
        {
            var listener = query.ServerLabel[(query.ServerLabel.LastIndexOf('/') + 1)..];
            LoopLog.Detected(logger, query.Client.ToString(), listener, zone, WireName.ToText(query.Name.Wire), blame);
        }
    }
}
