using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>A Corefile with every plugin that counts something, and nearly every other.</summary>
internal static class EveryPlugin
{
    /// <param name="upstream">Where unknown names are asked for.</param>
    /// <param name="cluster">Lines of the <c>kubernetes</c> block.</param>
    public static string Corefile(FakeUpstream upstream, string cluster = "") =>
        $$$"""
        .:0 {
            root /
            metadata
            cancel
            timeouts {
                idle 20s
            }
            multisocket 2
            bind 127.0.0.1
            ready 127.0.0.1:0
            health 127.0.0.1:0
            pprof
            trace
            prometheus 127.0.0.1:0 {
                runtime_metrics
            }
            errors
            log . {
                class error
            }
            local
            any
            chaos
            nsid
            bufsize
            dns64 {
                allow_ipv4
            }
            loadbalance
            rewrite name old.example.org www.example.org
            header {
                response set ra
            }
            cache
            template IN A made.example.org {
                answer "{{ .Name }} 60 IN A 192.0.2.2"
            }
            hosts {
                192.0.2.3 known.example.org
                fallthrough
            }
            k8s_external outside.example
            acl {
                block type MX
                filter type TXT
                drop type NULL
            }
            minimal
            transfer {
                to *
            }
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                ttl 5
                {{{cluster}}}
            }
            loop
            forward . {{{upstream.Endpoint}}}
            whoami
            reload
        }
        """;

    /// <summary>Asks for something that each of the plugins has to do with.</summary>
    public static async Task ExerciseAsync(RunningServer server)
    {
        foreach (var type in new[] { RecordType.A, RecordType.AAAA, RecordType.SRV, RecordType.ANY, RecordType.MX, RecordType.TXT })
        {
            await server.AskUdpAsync(QueryFactory.Packet("backend-service.example.svc.cluster.local.", type, udpSize: 1232));
            await server.AskTcpAsync(QueryFactory.Packet("localhost.example.org.", type));
            await server.AskUdpAsync(QueryFactory.Packet("old.example.org.", type, udpSize: 1232, dnssecOk: true));
            await server.AskUdpAsync(QueryFactory.Packet("made.example.org.", type));
        }
    }

    /// <summary>The metrics page.</summary>
    public static async Task<string> PageAsync(RunningServer server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await client.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));
    }
}
