using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>The files that servers are started with: one cluster in each server's own notation, and external names.</summary>
internal sealed class Scenery
{
    public const string ExternalZone = "example.org";
    public const int ExternalNames = 100_000;
    private const string Soa = "3600 IN SOA ns.{0}. hostmaster.{0}. 1 7200 1800 86400 30";

    private readonly List<(string Owner, string Type, string Data)> _records = [];

    public Scenery(string folder, ClusterShape shape)
    {
        Folder = folder;
        Shape = shape;
        CollectRecords();
        WriteManifests();
        WriteZone(ForwardZonePath, ClusterShape.Zone, _records.Where(record => record.Type != "PTR"));
        WriteZone(ReverseZonePath, "10.in-addr.arpa", _records.Where(record => record.Type == "PTR"));
        WriteZone(ExternalZonePath, ExternalZone, External());
        WriteUnboundData();
        WriteHosts();
    }

    public string Folder { get; }

    public ClusterShape Shape { get; }

    public string ManifestFolder => Directory.CreateDirectory(PathOf("manifests")).FullName;

    public string ForwardZonePath => PathOf("cluster.zone");

    public string ReverseZonePath => PathOf("reverse.zone");

    public string ExternalZonePath => PathOf("external.zone");

    public string UnboundDataPath => PathOf("unbound-data.conf");

    public string HostsPath => PathOf("hosts");

    public string PathOf(string file) => Path.Combine(Folder, file);

    public static string ExternalName(int number) => $"host-{number}.{ExternalZone}";

    private void CollectRecords()
    {
        for (var service = 0; service < Shape.Services; service++)
        {
            var domain = ClusterShape.DomainOf(service);
            if (!Shape.IsHeadless(service))
            {
                var address = ClusterShape.AddressOf(service);
                _records.Add((domain, "A", address));
                _records.Add(($"_http._tcp.{domain}", "SRV", $"0 100 80 {domain}."));
                _records.Add((ClusterShape.ReverseOf(address), "PTR", $"{domain}."));
            }

            for (var endpoint = 0; endpoint < Shape.EndpointsOf(service); endpoint++)
            {
                var address = Shape.EndpointAddress(service, endpoint);
                var name = $"{ClusterShape.EndpointLabel(address)}.{domain}";
                _records.Add((ClusterShape.ReverseOf(address), "PTR", $"{name}."));
                if (Shape.IsHeadless(service))
                {
                    _records.Add((domain, "A", address));
                    _records.Add((name, "A", address));
                    _records.Add(($"_http._tcp.{domain}", "SRV", $"0 33 8080 {name}."));
                }
            }
        }
    }

    // JSON is YAML; one file for each kind.
    private void WriteManifests()
    {
        var objects = new ClusterObjects(Shape);
        Write("namespaces", objects.Namespaces());
        Write("services", objects.Services());
        Write("slices", objects.Slices());

        void Write(string kind, IEnumerable<string> lines) =>
            File.WriteAllText(Path.Combine(ManifestFolder, kind + ".yaml"), string.Join("\n---\n", lines) + "\n");
    }

    private static IEnumerable<(string Owner, string Type, string Data)> External() =>
        Enumerable.Range(0, ExternalNames)
            .Select(number => (ExternalName(number), "A", $"198.18.{number / 256 % 256}.{number % 256}"))
            .Append(($"*.new.{ExternalZone}", "A", "198.19.0.1"));

    private static void WriteZone(string path, string zone, IEnumerable<(string Owner, string Type, string Data)> records)
    {
        string[] head = [$"{zone}. " + string.Format(null, Soa, zone), $"{zone}. 3600 IN NS ns.{zone}.", $"ns.{zone}. 3600 IN A 127.0.0.1"];
        File.WriteAllLines(path, head.Concat(records.Select(record => $"{record.Owner}. 30 IN {record.Type} {record.Data}")));
    }

    private void WriteUnboundData()
    {
        string[] zones = [ClusterShape.Zone, "10.in-addr.arpa"];
        var heads = zones.SelectMany(zone => (string[])[
            $"local-zone: \"{zone}.\" static",
            $"local-data: \"{zone}. {string.Format(null, Soa, zone)}\"",
        ]);
        File.WriteAllLines(
            UnboundDataPath,
            heads.Concat(_records.Select(record => $"local-data: \"{record.Owner}. 30 IN {record.Type} {record.Data}\"")));
    }

    private void WriteHosts() =>
        File.WriteAllLines(HostsPath, _records.Where(record => record.Type == "A").Select(record => $"{record.Data} {record.Owner}"));
}
