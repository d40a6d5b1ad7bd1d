namespace ClusterDns.Compare.Servers;

/// <summary>Knot DNS, an authoritative server, with the zones it is given.</summary>
internal sealed class KnotServer(string name, int port, Func<Scenery, (string Zone, string File)[]> zones) : Server(name, port)
{
    public override bool Serves(Mix mix) => mix.Source == MixSource.Cluster;

    protected override string[] Prepare(Scenery scenery)
    {
        var folder = scenery.PathOf(Name);
        var path = Path.Combine(folder, "knot.conf");
        var lines = zones(scenery).Select(zone => $"  - domain: {zone.Zone}\n    file: {zone.File}\n");
        File.WriteAllText(path, $"""
            server:
                rundir: {folder}
                listen: 127.0.0.1@{Port}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: {folder}
            template:
              - id: default
                zonefile-sync: -1
                journal-content: none
            zone:
            {string.Concat(lines)}
            """);
        return ["knotd", "-c", path];
    }
}
