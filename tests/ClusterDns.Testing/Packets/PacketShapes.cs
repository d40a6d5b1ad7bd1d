namespace ClusterDns.Testing.Packets;

/// <summary>What may become of a packet on its way: every codec test looks at all of it.</summary>
internal static class PacketShapes
{
    private static readonly byte[][] Junk =
    [
        [0],
        [0xC0],
        [0xFF, 0xFF],
        [.. Enumerable.Repeat((byte)0, 64)],
        [.. Enumerable.Range(0, 300).Select(number => (byte)number)],
    ];

    /// <summary>The packet cut behind each of its octets but the last, and before the first.</summary>
    public static IEnumerable<byte[]> Cuts(byte[] packet) =>
        Enumerable.Range(0, packet.Length).Select(length => packet[..length]);

    /// <summary>The packet with octets behind its end that nothing in it counts.</summary>
    public static IEnumerable<byte[]> WithJunk(byte[] packet) => Junk.Select(junk => (byte[])[.. packet, .. junk]);
}
