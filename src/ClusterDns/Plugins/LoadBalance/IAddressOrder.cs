using ClusterDns.Operations;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>A policy: in which order a client sees the addresses of a name.</summary>
internal interface IAddressOrder
{
    /// <summary>Rearranges one run of addresses in place.</summary>
    /// <param name="message">The message.</param>
    /// <param name="run">Where the addresses are.</param>
    /// <param name="random">The calling thread's.</param>
    /// <param name="limit">Octets of the message that the client can get; what lies behind need not be touched.</param>
    void Arrange(Span<byte> message, in AddressRun run, FastRandom random, int limit);
}
