using System.Globalization;

namespace ClusterDns.Overload;

/// <summary>What the server's metrics say.</summary>
/// <param name="Received">Queries taken up.</param>
/// <param name="Shed">Queries refused because too many were under way.</param>
internal readonly record struct ServerPage(long Received, long Shed)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static ServerPage Read(int port)
    {
        using var client = new HttpClient { Timeout = Timeout };
        var lines = client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")).GetAwaiter().GetResult().Split('\n');
        return new ServerPage(Sum(lines, "coredns_dns_requests_total"), Sum(lines, "clusterdns_forward_shed_queries_total"));
    }

    private static long Sum(string[] lines, string family) => (long)lines
        .Where(line => line.StartsWith(family, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
