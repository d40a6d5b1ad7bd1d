namespace ClusterDns.Plugins.Hosts;

/// <summary>Addresses of one family: those of each name behind one another.</summary>
/// <param name="octets">All addresses, grouped by name.</param>
/// <param name="ranges">Where each name's addresses begin and how many octets they are.</param>
/// <param name="count">Addresses in all.</param>
internal sealed class HostAddresses(byte[] octets, (int Start, int Length)[] ranges, int count)
{
    public int Count => count;

    public ReadOnlySpan<byte> Of(int host) => octets.AsSpan(ranges[host].Start, ranges[host].Length);
}
