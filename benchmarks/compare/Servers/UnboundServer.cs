namespace ClusterDns.Compare.Servers;

/// <summary>Unbound, a resolver: the cluster as local data, all else from the upstream.</summary>
internal sealed class UnboundServer(int port, int upstreamPort) : Server("Unbound", port)
{
    public override bool Serves(Mix mix) => true;

    protected override string[] Prepare(Scenery scenery)
    {
        var path = Path.Combine(scenery.PathOf(Name), "unbound.conf");
        File.WriteAllText(path, $"""
            server:
                num-threads: 1
                interface: 127.0.0.1@{Port}
                username: ""
                chroot: ""
                directory: "{scenery.PathOf(Name)}"
                pidfile: ""
                use-syslog: no
                do-daemonize: no
                do-not-query-localhost: no
                module-config: "iterator"
                msg-cache-size: 64m
                rrset-cache-size: 128m
                outgoing-range: 4096
                num-queries-per-thread: 2048
                incoming-num-tcp: 200
                include: "{scenery.UnboundDataPath}"
            remote-control:
                control-enable: no
            forward-zone:
                name: "."
                forward-addr: 127.0.0.1@{upstreamPort}

            """);
        return ["unbound", "-d", "-c", path];
    }
}
