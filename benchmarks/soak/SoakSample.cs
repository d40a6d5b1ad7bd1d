using System.Globalization;

namespace ClusterDns.Soak;

/// <summary>What the server takes at one moment.</summary>
/// <param name="Seconds">Since the load began.</param>
/// <param name="Resident">RSS, MiB.</param>
/// <param name="Descriptors">Open files and sockets.</param>
/// <param name="Threads">All of the process.</param>
/// <param name="Heap">The collector's, MiB, as its metrics page says.</param>
/// <param name="Connections">Established TCP connections to its port.</param>
internal sealed record SoakSample(double Seconds, double Resident, int Descriptors, int Threads, double Heap, int Connections)
{
    private const double KibibytesPerMebibyte = 1024;
    private const double OctetsPerMebibyte = 1024 * 1024;
    private const string Established = "01";

    public static async Task<SoakSample> ReadAsync(double seconds, SoakedBinary server, HttpClient client)
    {
        var folder = $"/proc/{server.ProcessId}";
        var page = await client.GetStringAsync(new Uri($"http://127.0.0.1:{server.MetricsPort}/metrics"));
        var status = await File.ReadAllLinesAsync($"{folder}/status");
        return new SoakSample(
            seconds,
            Number(status, "VmRSS:") / KibibytesPerMebibyte,
            Directory.GetFileSystemEntries($"{folder}/fd").Length,
            (int)Number(status, "Threads:"),
            Number(page.Split('\n'), "dotnet_gc_heap_bytes ") / OctetsPerMebibyte,
            CountConnections($"{folder}/net/tcp", server.Port));
    }

    private static int CountConnections(string path, int port) => File.ReadLines(path)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Count(fields => fields.Length > 3 && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal) && fields[3] == Established);

    private static double Number(IEnumerable<string> lines, string name)
    {
        var line = lines.First(text => text.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
