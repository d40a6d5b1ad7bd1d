using System.Globalization;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>
/// Datagrams that the kernel dropped at sockets of this process, nearly always because a receive queue was full: the server
/// itself never sees them. Read from <c>/proc</c> (proc_net(5)) at each scrape, by socket, since the counters of the network
/// namespace would be the whole node's for a pod on its network.
/// </summary>
internal sealed class SocketDropMetrics
{
    private const string OpenFiles = "/proc/self/fd";
    private const string SocketLink = "socket:[";

    // Columns of a line, blanks between them.
    private const int InodeColumn = 9;
    private const int DropsColumn = 12;

    private static readonly string[] Tables = ["/proc/self/net/udp", "/proc/self/net/udp6"];

    private readonly Counter _drops;
    private Dictionary<long, long> _dropsBySocket = [];

    private SocketDropMetrics(CollectorRegistry registry) =>
        _drops = Metrics.WithCustomRegistry(registry).CreateCounter(
            "clusterdns_udp_receive_drops_total", "Datagrams that the kernel dropped because the queue of a socket was full.");

    /// <summary>Exports the figure; where there is no <c>/proc</c> it is left out.</summary>
    public static void Register(CollectorRegistry registry)
    {
        if (File.Exists(Tables[0]))
        {
            registry.AddBeforeCollectCallback(new SocketDropMetrics(registry).Read);
        }
    }

    /// <summary>Inode and drops of each socket in a table; lines of another form are passed over.</summary>
    public static IEnumerable<(long Inode, long Drops)> SocketsIn(IEnumerable<string> table)
    {
        foreach (var line in table)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > DropsColumn && IsNumber(words[InodeColumn], out var inode) && IsNumber(words[DropsColumn], out var drops))
            {
                yield return (inode, drops);
            }
        }
    }

    // One page is collected at a time. What a socket dropped between the last scrape and its end is lost.
    private void Read()
    {
        var own = OwnSockets();
        var now = new Dictionary<long, long>();
        foreach (var (inode, drops) in Tables.Where(File.Exists).SelectMany(table => SocketsIn(File.ReadLines(table))))
        {
            if (own.Contains(inode))
            {
                now[inode] = drops;
                // An inode that another socket has got meanwhile begins with less.
                _drops.Inc(Math.Max(0, drops - _dropsBySocket.GetValueOrDefault(inode)));
            }
        }

        _dropsBySocket = now;
    }

    private static HashSet<long> OwnSockets() =>
    [
        .. Directory.EnumerateFileSystemEntries(OpenFiles)
            .Select(path => new FileInfo(path).LinkTarget)
            .Where(link => link?.StartsWith(SocketLink, StringComparison.Ordinal) == true)
            .Select(link => IsNumber(link![SocketLink.Length..].TrimEnd(']'), out var inode) ? inode : 0),
    ];

    private static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
