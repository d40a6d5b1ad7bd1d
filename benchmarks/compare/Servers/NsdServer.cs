namespace ClusterDns.Compare.Servers;

/// <summary>NSD, an authoritative server: one process that answers, and its parents.</summary>
internal sealed class NsdServer(int port) : Server("NSD", port)
{
    public override bool Serves(Mix mix) => mix.Source == MixSource.Cluster;

    protected override string[] Prepare(Scenery scenery)
    {
        var folder = scenery.PathOf(Name);
        var path = Path.Combine(folder, "nsd.conf");
        // Without the bound on equal answers that it has by default, which drops most of a benchmark.
        File.WriteAllText(path, $"""
            server:
                server-count: 1
                ip-address: 127.0.0.1@{Port}
                username: ""
                chroot: ""
                pidfile: "{folder}/nsd.pid"
                database: ""
                zonelistfile: "{folder}/zone.list"
                xfrdfile: "{folder}/xfrd.state"
                xfrdir: "{folder}"
                rrl-ratelimit: 0
                rrl-whitelist-ratelimit: 0
                tcp-count: 200
            remote-control:
                control-enable: no
            zone:
                name: "cluster.local"
                zonefile: "{scenery.ForwardZonePath}"
            zone:
                name: "10.in-addr.arpa"
                zonefile: "{scenery.ReverseZonePath}"

            """);
        return ["nsd", "-d", "-c", path];
    }
}
