using System.Diagnostics;
using ClusterDns.Compare;
using ClusterDns.Compare.Servers;
using ClusterDns.Measuring;

// Synchronous throughout: servers die with the thread that started them.
const int FirstPort = 15353;
const int EndpointsPerService = 3;

if (CompareOptions.TryParse(args) is not { } options)
{
    Console.Error.WriteLine(CompareOptions.Usage);
    return 2;
}

// What this process itself asks, it asks from dnsperf's core.
if (OperatingSystem.IsLinux())
{
    Process.GetCurrentProcess().ProcessorAffinity = 1 << Server.OtherCore;
}

var folder = Directory.CreateTempSubdirectory("clusterdns-compare");
var started = new List<Server>();
Console.CancelKeyPress += (_, _) => StopAll();
try
{
    var scenery = new Scenery(folder.FullName, new ClusterShape(options.Services, EndpointsPerService));
    var upstream = new KnotServer("upstream", FirstPort, files => [(Scenery.ExternalZone, files.ExternalZonePath)]);
    started.Add(upstream);
    upstream.Start(scenery, Scenery.ExternalName(0), Server.OtherCore);
    var ours = new ClusterDnsServer(NativeBinary.Find(options.Binary), FirstPort + 1, FirstPort);
    var servers = OurBuilds(ours).Concat(Peers().Where(peer => !options.ComparesBuilds || options.Servers.Count > 0))
        .Where(server => (options.ComparesBuilds && !server.IsPeer) || Matches(options.Servers, server.Name)).ToList();
    foreach (var server in servers)
    {
        started.Add(server);
        server.Start(scenery, ClusterShape.DomainOf(1));
        Console.WriteLine($"{server.Name,-20} started, {server.IdleMemory:0.0} MiB");
    }

    var head = $"""
        {Machine.Describe()}. Servers on core 0 with one worker each, asked in turn by dnsperf on core 1, each round in another order; {options.Rounds} rounds
        flat out of {options.Seconds} s for each mix and server, medians; at the same rate {options.PacedRounds} rounds of {options.PacedSeconds} s. {options.Services} Services with {EndpointsPerService} endpoints each. Load average at the start: {Machine.Load()}.
        {(ours.Refused.Count == 0 ? "" : $"Left out of our Corefile, as the binary does not serve it yet: {string.Join(", ", ours.Refused)}.")}
        """;
    Console.WriteLine(head);
    var mixes = new Mixes(scenery.Shape).All().Where(mix => (mix.IsQuick || !options.IsQuick) && Matches(options.Mixes, mix.Name));
    var comparison = new Comparison(options, scenery, servers);
    comparison.Run(mixes);
    var report = new Report(comparison.Results, servers, head);
    report.Write(options.OutFolder);
    Console.WriteLine($"{report.Summary}\nwritten to {options.OutFolder}");
    return 0;
}
catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
finally
{
    StopAll();
    folder.Delete(recursive: true);
}

IEnumerable<Server> OurBuilds(ClusterDnsServer ours)
{
    yield return ours;
    if (options.Against is { } other)
    {
        yield return new ClusterDnsServer(NativeBinary.Find(other), FirstPort + 7, FirstPort, " (against)");
    }

    if (options.Variant is { } directives)
    {
        yield return new ClusterDnsServer(NativeBinary.Find(options.Binary), FirstPort + 8, FirstPort, $" +{directives.Split(' ', '\n')[0]}", directives);
    }
}

IEnumerable<Server> Peers()
{
    yield return new KnotServer(
        "Knot", FirstPort + 2, files => [(ClusterShape.Zone, files.ForwardZonePath), ("10.in-addr.arpa", files.ReverseZonePath)]);
    yield return new NsdServer(FirstPort + 3);
    yield return new UnboundServer(FirstPort + 4, FirstPort);
    yield return new DnsmasqServer(FirstPort + 5, FirstPort);
    if (Environment.GetEnvironmentVariable("COREDNS") is { Length: > 0 } binary)
    {
        yield return new CoreDnsServer(binary, FirstPort + 6, FirstPort);
    }
}

static bool Matches(IReadOnlyList<string> wanted, string name) =>
    wanted.Count == 0 || wanted.Any(text => name.Contains(text, StringComparison.OrdinalIgnoreCase));

void StopAll()
{
    foreach (var server in started)
    {
        server.Dispose();
    }
}
