namespace ClusterDns.Transport.Native;

/// <summary>A client of which <see cref="SourceFilter"/> drops a part.</summary>
/// <param name="Bits">An IPv4 address, or the first 64 bits of an IPv6 address.</param>
/// <param name="IsIPv4">Which of them.</param>
/// <param name="Threshold">A packet is dropped when 32 random bits are less: 0 for none of them.</param>
internal readonly record struct ThinnedSource(ulong Bits, bool IsIPv4, uint Threshold);
