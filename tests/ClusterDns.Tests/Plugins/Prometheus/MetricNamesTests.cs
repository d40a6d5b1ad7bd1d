using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Prometheus;

/// <summary>Names, types and labels on the page of a whole server are those that dashboards and alerts for CoreDNS ask for.</summary>
[TestFixture]
internal sealed partial class MetricNamesTests
{
    private const string Corefile =
        """
        example.org:0 {
            bind 127.0.0.1
            prometheus 127.0.0.1:0
            health 127.0.0.1:0
            local
            acl {
                filter type MX
                block type TXT
                drop type NULL
            }
            whoami
        }
        """;

    // What CoreDNS 1.14.7 shows, by plugin: name, type, labels.
    private const string Known =
        """
        prometheus coredns_build_info gauge version,revision,goversion
        prometheus coredns_panics_total counter
        prometheus coredns_plugin_enabled gauge server,zone,view,name
        prometheus coredns_dns_requests_total counter server,zone,view,proto,family,type
        prometheus coredns_dns_request_duration_seconds histogram server,zone,view
        prometheus coredns_dns_request_size_bytes histogram server,zone,view,proto
        prometheus coredns_dns_response_size_bytes histogram server,zone,view,proto
        prometheus coredns_dns_do_requests_total counter server,zone,view
        prometheus coredns_dns_responses_total counter server,zone,view,rcode,plugin
        prometheus process_cpu_seconds_total counter
        prometheus process_resident_memory_bytes gauge
        prometheus process_virtual_memory_bytes gauge
        prometheus process_start_time_seconds gauge
        prometheus process_open_fds gauge
        prometheus process_max_fds gauge
        prometheus clusterdns_bound gauge bound
        prometheus clusterdns_udp_dropped_packets_total counter server
        health coredns_health_request_duration_seconds histogram
        health coredns_health_request_failures_total counter
        acl coredns_acl_blocked_requests_total counter server,zone,view
        acl coredns_acl_filtered_requests_total counter server,zone,view
        acl coredns_acl_dropped_requests_total counter server,zone,view
        acl coredns_acl_allowed_requests_total counter server,view
        local coredns_local_localhost_requests_total counter
        kubernetes coredns_kubernetes_dns_programming_duration_seconds histogram service_kind
        kubernetes coredns_kubernetes_rest_client_request_duration_seconds histogram verb,host
        kubernetes coredns_kubernetes_rest_client_rate_limiter_duration_seconds histogram verb,host
        kubernetes coredns_kubernetes_rest_client_requests_total counter code,method,host
        forward coredns_forward_healthcheck_broken_total counter
        forward coredns_forward_max_concurrent_rejects_total counter
        forward clusterdns_forward_shed_queries_total counter reason
        forward coredns_proxy_request_duration_seconds histogram proxy_name,to,rcode
        forward coredns_proxy_healthcheck_failures_total counter proxy_name,to
        forward coredns_proxy_conn_cache_hits_total counter proxy_name,to,proto
        forward coredns_proxy_conn_cache_misses_total counter proxy_name,to,proto
        cache coredns_cache_entries gauge server,type,zones,view
        cache coredns_cache_hits_total counter server,type,zones,view
        cache coredns_cache_misses_total counter server,zones,view
        cache coredns_cache_requests_total counter server,zones,view
        cache coredns_cache_prefetch_total counter server,zones,view
        cache coredns_cache_drops_total counter server,zones,view
        cache coredns_cache_served_stale_total counter server,zones,view
        cache coredns_cache_evictions_total counter server,type,zones,view
        hosts coredns_hosts_entries gauge hostsfile
        hosts coredns_hosts_reload_timestamp_seconds gauge
        template coredns_template_matches_total counter server,zone,view,class,type
        dns64 coredns_dns64_requests_translated_total counter server
        reload coredns_reload_failed_total counter
        reload coredns_reload_version_info gauge hash,value
        """;

    // What only this server shows.
    private static readonly string[] Ours =
    [
        "clusterdns_tcp_connections gauge server", "clusterdns_tcp_connections_closed_total counter server,reason",
    ];

    // Families that show nothing until something goes wrong, or takes longer than a test.
    private static readonly string[] Quiet =
    [
        "coredns_proxy_healthcheck_failures_total", "coredns_cache_prefetch_total", "coredns_cache_drops_total",
        "coredns_cache_served_stale_total", "coredns_cache_evictions_total",
    ];

    private static readonly string[] WholePlugins = ["prometheus", "health", "acl", "local"];

    [Test]
    public async Task Page_OfAServerThatHasSeenEverything_HasTheNamesTypesAndLabels()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        foreach (var type in new[] { RecordType.A, RecordType.MX, RecordType.TXT })
        {
            await server.AskUdpAsync(QueryFactory.Packet("a.example.org", type, udpSize: 1232, dnssecOk: true));
        }

        await server.AskTcpAsync(QueryFactory.Packet("localhost.example.org", RecordType.A));
        await DropAsync(server);
        var page = await PageAsync(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Except(Lines()).Except(Ours), Is.Empty, "shown, and not known");
            Assert.That(Lines(WholePlugins).Concat(Ours).Except(page), Is.Empty, "known, and not shown");
        }
    }

    [Test]
    public async Task Page_OfAServerThatForwardsAndCaches_HasTheNamesTypesAndLabels()
    {
        await using var upstream = new FakeUpstream("www.example.org. 3600 A 192.0.2.1");
        await using var server = await RunningServer.StartAsync($$$"""
            example.org:0 {
                bind 127.0.0.1
                prometheus 127.0.0.1:0
                dns64 {
                    allow_ipv4
                }
                cache
                template IN A made.example.org {
                    answer "{{ .Name }} 60 IN A 192.0.2.2"
                }
                hosts {
                    192.0.2.3 known.example.org
                    fallthrough
                }
                forward . {{{upstream.Endpoint}}}
            }
            """);
        foreach (var name in new[] { "www", "www", "made", "known", "missing" })
        {
            await server.AskUdpAsync(QueryFactory.Packet($"{name}.example.org", RecordType.A));
        }

        // A datagram's socket is used again.
        await server.AskUdpAsync(QueryFactory.Packet("other.example.org", RecordType.A));
        await server.AskUdpAsync(QueryFactory.Packet("www.example.org", RecordType.AAAA));
        var page = await PageAsync(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Except(Lines()).Except(Ours), Is.Empty, "shown, and not known");
            Assert.That(
                Lines("forward", "cache", "hosts", "template", "dns64").Except(page).Where(line => !Quiet.Contains(line.Split(' ')[0])),
                Is.Empty,
                "known, and not shown");
        }
    }

    [Test]
    public void Known_EachOfThem_IsCoreDnssOrTheProcesssOrOurs() =>
        Assert.That(Lines(), Has.All.Match("^(coredns|process|clusterdns)_"));

    // Without sockets: nobody would hear of it there.
    private static async Task DropAsync(RunningServer server)
    {
        using var query = QueryFactory.Ask("a.example.org", RecordType.NULL);
        query.ServerLabel = server.FirstRoutes.Key.Label;
        await server.FirstRoutes.ServeAsync(query);
    }

    private static string[] Lines(params string[] plugins) =>
    [
        .. Known.Split('\n')
            .Select(line => line.Split(' ', 2))
            .Where(words => plugins.Length == 0 || plugins.Contains(words[0]))
            .Select(words => words[1]),
    ];

    /// <summary>Each family of the page as <c>NAME TYPE LABELS</c>.</summary>
    private static async Task<IReadOnlyList<string>> PageAsync(RunningServer server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await client.GetStringAsync(new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/metrics"));
        var families = new Dictionary<string, string>();
        var family = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                family = line["# TYPE ".Length..];
            }
            else if (!line.StartsWith('#'))
            {
                var labels = LabelName().Matches(line).Select(match => match.Groups[1].Value).Where(label => label != "le");
                families[family] = string.Join(' ', family, string.Join(',', labels)).TrimEnd();
            }
        }

        return [.. families.Values];
    }

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex LabelName();
}
