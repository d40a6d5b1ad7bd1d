using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>
/// Whether an upstream is worth asking. An error begins probes, which go on until one is answered; from the first error
/// to that answer the upstream is doubtful, and once more probes failed than <c>max_fails</c> it is down.
/// </summary>
internal sealed class UpstreamHealth
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IUpstreamExchange _exchange;
    private readonly ForwardOptions _options;
    private readonly UpstreamMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly byte[] _question;
    private Task _probing = Task.CompletedTask;
    private int _isProbing;
    private int _failures;

    public UpstreamHealth(
        IUpstreamExchange exchange, ForwardOptions options, UpstreamMetrics metrics, TimeProvider time)
    {
        _exchange = exchange;
        _options = options;
        _metrics = metrics;
        _time = time;
        _question = UpstreamQuestion.Of(
            options.ProbeDomain,
            RecordType.NS,
            options.ProbeWantsRecursion ? MessageHeader.RecursionDesiredFlag : (ushort)0);
    }

    /// <summary>Nobody has heard from it since the last error.</summary>
    public bool IsDoubtful => Volatile.Read(ref _isProbing) != 0;

    public bool IsDown => _options.MaxFails > 0 && Volatile.Read(ref _failures) > _options.MaxFails;

    /// <summary>Probes until the upstream answers, unless that goes on already.</summary>
    public void Check()
    {
        if (_options.MaxFails > 0 && !_stop.IsCancellationRequested && Interlocked.Exchange(ref _isProbing, 1) == 0)
        {
            Volatile.Write(ref _probing, ProbeAsync());
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Volatile.Read(ref _probing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ProbeAsync()
    {
        while (!_stop.IsCancellationRequested && !await TryAskAsync().ConfigureAwait(false))
        {
            await Task.Delay(_options.ProbeInterval, _time, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryAskAsync()
    {
        try
        {
            return await AskAsync().ConfigureAwait(false);
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // A bug of ours is no word from the upstream either; without the next probe it would be doubtful for ever.
            Interlocked.Increment(ref _failures);
            _metrics.CountFailedProbe();
            return false;
        }
    }

    // Any reply will do: a server that refuses our probe may well answer our clients.
    private async Task<bool> AskAsync()
    {
        var protocol = _options.ForceTcp ? TransportProtocol.Tcp : TransportProtocol.Udp;
        using var reply = await _exchange
            .ExchangeAsync(_question, protocol, ForwardLimits.ProbeTimeout, _stop.Token)
            .ConfigureAwait(false);
        switch (reply.Outcome)
        {
            case UpstreamOutcome.Answered:
                Volatile.Write(ref _failures, 0);
                Volatile.Write(ref _isProbing, 0);
                return true;
            case UpstreamOutcome.Cancelled:
                return false;
            default:
                Interlocked.Increment(ref _failures);
                _metrics.CountFailedProbe();
                return false;
        }
    }
}
