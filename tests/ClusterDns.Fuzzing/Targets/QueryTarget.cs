using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A packet from a client, over UDP and over TCP, through the whole chain with a cluster behind it. The input is the
/// packet.
/// </summary>
internal sealed class QueryTarget : FuzzTarget
{
    private const string Corefile =
        """
        .:53 {
            metadata
            nsid fuzzing
            bufsize 1232
            errors
            log
            local
            dns64
            any
            loadbalance
            rewrite name suffix .cluster.test .svc.cluster.local answer auto
            rewrite edns0 local append 0xffee {qname}
            autopath @kubernetes
            shortnames
            cache 30
            minimal
            template IN ANY rendered.test {
                match (?i)^(?P<host>[a-z0-9-]+)\.(?P<zone>rendered\.test\.)$
                answer "{{ .Name }} 60 IN TXT {{ .Group.host }}"
                answer "{{ .Name }} 60 IN CNAME {{ .Group.host }}.svc.cluster.local."
                fallthrough
            }
            hosts {
                192.0.2.1 one.host.test two.host.test
                2001:db8::1 one.host.test
                fallthrough
            }
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods verified
                ttl 30
                fallthrough in-addr.arpa ip6.arpa
            }
            aaaa never
            loop
            forward . 192.0.2.53 {
                max_fails 0
            }
        }
        """;

    private static readonly IPEndPoint Client = IPEndPoint.Parse(QueryFactory.Client);
    private static readonly IPEndPoint Server = IPEndPoint.Parse(QueryFactory.Server);

    private readonly PacketServer _server =
        PacketServer.StartAsync(Corefile, new ConformanceSource(), ConformanceWorld.Answer).GetAwaiter().GetResult();

    public override string Name => "query";

    /// <summary>What is wrong with the replies to a packet, in words; null when nothing is.</summary>
    public string? FaultOf(byte[] packet) => FaultOf(packet, TransportProtocol.Udp) ?? FaultOf(packet, TransportProtocol.Tcp);

    protected override void Try(byte[] input)
    {
        using var thrown = new ThrownExceptions();
        var fault = FaultOf(input);
        RequireNoException(thrown);
        Require(fault is null, fault ?? "");
    }

    private string? FaultOf(byte[] packet, TransportProtocol protocol)
    {
        var path = new RecordingReplyPath(protocol, Client, Server);
        _server.Handle(packet, path);
        return path.IsDetached ? "the query waits for something"
            : ReplyFault.Find(packet, path.Sent, protocol) is { } fault ? $"{protocol}: {fault}"
            : null;
    }
}
