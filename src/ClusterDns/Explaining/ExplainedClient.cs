using ClusterDns.Transport;

namespace ClusterDns.Explaining;

/// <summary>Who looks a name up.</summary>
/// <param name="Description">As the explanation has it: <c>namespace shop</c>, <c>pod shop/cart-0 (10.244.1.7)</c>.</param>
/// <param name="Namespace">Its namespace; null where it has none, or nobody knows.</param>
/// <param name="Address">Where its packets come from.</param>
/// <param name="IsAddressKnown">False where an address had to be made up, which rules for clients may care about.</param>
internal sealed record ExplainedClient(string Description, string? Namespace, TransportAddress Address, bool IsAddressKnown)
{
    private const ushort Port = 53053;

    /// <summary>This machine, where nothing better is known.</summary>
    public static TransportAddress Loopback { get; } = TransportAddress.From([127, 0, 0, 1], Port);

    /// <summary>4 or 16 octets.</summary>
    public static TransportAddress At(ReadOnlySpan<byte> octets) => TransportAddress.From(octets, Port);
}
