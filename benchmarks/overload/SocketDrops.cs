using System.Globalization;

namespace ClusterDns.Overload;

/// <summary>What the system has dropped in front of UDP sockets, as <c>/proc/net/udp</c> counts it.</summary>
internal static class SocketDrops
{
    public static long Of(int port)
    {
        var local = $":{port:X4}";
        return File.ReadLines("/proc/net/udp").Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(local, StringComparison.Ordinal))
            .Sum(fields => long.Parse(fields[^1], CultureInfo.InvariantCulture));
    }
}
