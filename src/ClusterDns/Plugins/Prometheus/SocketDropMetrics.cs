using System.Globalization;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// Datagrams that came while there was no room for them. The server never sees these: the kernel counts them, for all sockets
/// of a network namespace, which in a pod are the server's. Read at each scrape.
/// </summary>
internal sealed class SocketDropMetrics
{
    private const string Ipv4 = "/proc/self/net/snmp";
    private const string Ipv6 = "/proc/self/net/snmp6";

    // A full receive queue, and all memory that the system has for UDP in use.
    private static readonly string[] Reasons = ["RcvbufErrors", "MemErrors"];

    private readonly Counter _drops;

    private SocketDropMetrics(CollectorRegistry registry) =>
        _drops = Metrics.WithCustomRegistry(registry).CreateCounter(
            "clusterdns_udp_receive_drops_total",
            "Datagrams that the kernel dropped for want of room, in the network namespace of the process.");

    /// <summary>Exports the figure; where there is no <c>/proc</c> it is left out.</summary>
    public static void Register(CollectorRegistry registry)
    {
        if (File.Exists(Ipv4))
        {
            registry.AddBeforeCollectCallback(new SocketDropMetrics(registry).Read);
        }
    }

    /// <summary>The drops in texts of <c>/proc/net</c>; columns that a kernel does not have count nothing.</summary>
    /// <param name="ipv4">A line of names and a line of figures for each protocol.</param>
    /// <param name="ipv6">A line with name and figure for each.</param>
    public static double DropsIn(IEnumerable<string> ipv4, IEnumerable<string> ipv6)
    {
        var rows = ipv4.Where(line => line.StartsWith("Udp: ", StringComparison.Ordinal)).Select(Words).ToArray();
        var old = rows is [var names, var figures] ? names.Zip(figures).Sum(pair => Drops(pair.First, pair.Second)) : 0;
        return old + ipv6.Select(Words).Sum(words => words is [['U', 'd', 'p', '6', .. var name], var figure] ? Drops(name, figure) : 0);
    }

    private void Read() => _drops.IncTo(DropsIn(File.ReadLines(Ipv4), File.Exists(Ipv6) ? File.ReadLines(Ipv6) : []));

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static double Drops(string name, string figure) =>
        Reasons.Contains(name) && double.TryParse(figure, NumberStyles.None, CultureInfo.InvariantCulture, out var drops) ? drops : 0;
}
