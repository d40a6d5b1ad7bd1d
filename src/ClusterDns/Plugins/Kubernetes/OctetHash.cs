namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Spreads addresses and labels over a table; seeded at random by the runtime, so that nobody can choose endpoints that
/// all fall into one slot.
/// </summary>
internal static class OctetHash
{
    public static int Of(ReadOnlySpan<byte> octets)
    {
        var hash = default(HashCode);
        hash.AddBytes(octets);
        return hash.ToHashCode();
    }
}
