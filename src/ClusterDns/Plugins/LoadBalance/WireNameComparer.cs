using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>Finds names of ours by the octets of a packet.</summary>
internal sealed class WireNameComparer : IEqualityComparer<DnsName>, IAlternateEqualityComparer<ReadOnlySpan<byte>, DnsName>
{
    public bool Equals(DnsName? x, DnsName? y) => x is null ? y is null : x.Equals(y);

    public bool Equals(ReadOnlySpan<byte> alternate, DnsName other) => alternate.SequenceEqual(other.Wire);

    public int GetHashCode(DnsName obj) => GetHashCode(obj.Wire);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public DnsName Create(ReadOnlySpan<byte> alternate) => DnsName.FromWire(alternate);
}
