using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Hashes of what queries ask for. <see cref="HashCode"/> is seeded at random once per process, so nobody can name
/// their Services to collide. Never 0: that marks a free slot.
/// </summary>
internal static class ZoneHash
{
    public static uint Of(ReadOnlySpan<byte> name) => Of(0, name);

    /// <summary>A name inside a namespace.</summary>
    public static uint Of(uint namespaceHash, ReadOnlySpan<byte> name)
    {
        var hash = default(HashCode);
        hash.Add(namespaceHash);
        hash.AddBytes(name);
        return NotZero(hash.ToHashCode());
    }

    public static uint Of(NetworkAddress address) =>
        NotZero(HashCode.Combine((ulong)address.Bits, (ulong)(address.Bits >> 64), address.IsIPv4));

    private static uint NotZero(int hash) => hash == 0 ? 1 : (uint)hash;
}
