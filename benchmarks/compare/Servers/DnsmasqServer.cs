namespace ClusterDns.Compare.Servers;

/// <summary>dnsmasq: the cluster as a hosts file, all else from the upstream. It forks for each TCP connection.</summary>
internal sealed class DnsmasqServer(int port, int upstreamPort) : Server("dnsmasq", port)
{
    /// <summary>It takes no larger value.</summary>
    private const int CacheSize = 10_000;

    // A hosts file has no SRV records and is searched from its beginning for PTR; one TCP connection may carry a hundred
    // queries at most.
    public override bool Serves(Mix mix) => mix.Name is not ("srv" or "ptr") && !mix.IsTcp && mix.CachedNames <= CacheSize;

    protected override string[] Prepare(Scenery scenery)
    {
        var path = Path.Combine(scenery.PathOf(Name), "dnsmasq.conf");
        File.WriteAllText(path, $"""
            port={Port}
            listen-address=127.0.0.1
            bind-interfaces
            user=root
            pid-file=
            no-resolv
            no-poll
            no-hosts
            addn-hosts={scenery.HostsPath}
            local=/cluster.local/10.in-addr.arpa/
            local-ttl=30
            server=127.0.0.1#{upstreamPort}
            cache-size={CacheSize}
            dns-forward-max=1000

            """);
        return ["dnsmasq", "--keep-in-foreground", $"--conf-file={path}"];
    }
}
