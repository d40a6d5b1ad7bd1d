using ClusterDns.Transport;
using ClusterDns.Wire;
using Prometheus;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>The series of one upstream, each found by label once.</summary>
internal sealed class UpstreamMetrics(ForwardMetrics families, string address, bool isTls)
{
    private const int KnownCodes = (int)ResponseCode.BadCookie + 1;
    private const string Tls = "tcp-tls";

    private readonly IHistogram?[] _replies = new IHistogram?[KnownCodes];
    private readonly Counter.Child _failedProbes = families.FailedProbes(address);
    private readonly Counter.Child _udpHits = families.ConnectionHits(address, isTls ? Tls : "udp");
    private readonly Counter.Child _udpMisses = families.ConnectionMisses(address, isTls ? Tls : "udp");
    private readonly Counter.Child _tcpHits = families.ConnectionHits(address, isTls ? Tls : "tcp");
    private readonly Counter.Child _tcpMisses = families.ConnectionMisses(address, isTls ? Tls : "tcp");

    public void CountFailedProbe() => _failedProbes.Inc();

    public void CountConnection(TransportProtocol protocol, bool isReused)
    {
        var (hits, misses) = protocol == TransportProtocol.Udp ? (_udpHits, _udpMisses) : (_tcpHits, _tcpMisses);
        (isReused ? hits : misses).Inc();
    }

    public void ObserveReply(ResponseCode code, TimeSpan elapsed)
    {
        var series = (int)code < KnownCodes
            ? _replies[(int)code] ??= families.Replies(address, Mnemonic.Of(code))
            : families.Replies(address, Mnemonic.Of(code));
        series.Observe(elapsed.TotalSeconds);
    }
}
