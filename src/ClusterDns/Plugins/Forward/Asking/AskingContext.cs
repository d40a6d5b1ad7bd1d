using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>What all questions of one directive share.</summary>
/// <param name="Options">The directive.</param>
/// <param name="Pool">Its upstreams.</param>
/// <param name="Policy">Their order.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="Time">The server's clock.</param>
/// <param name="Stopping">Ends every wait.</param>
internal sealed record AskingContext(
    ForwardOptions Options,
    UpstreamPool Pool,
    IUpstreamPolicy Policy,
    ForwardMetrics Metrics,
    TimeProvider Time,
    CancellationToken Stopping)
{
    private readonly RandomPolicy _whenAllAreDown = new();

    public HedgeBudget Hedges { get; } = new();

    public Candidates Candidates() => Asking.Candidates.Of(Pool.Current, Policy, _whenAllAreDown);

    /// <summary>The client's protocol, unless the directive says which.</summary>
    public TransportProtocol ProtocolFor(Query query) =>
        Options.ForceTcp ? TransportProtocol.Tcp
        : Options.PreferUdp ? TransportProtocol.Udp
        : query.Protocol;
}
