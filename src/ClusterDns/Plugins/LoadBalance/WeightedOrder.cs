using ClusterDns.Operations;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>
/// <c>weighted</c>: one address comes first, each with the probability of its weight; the others keep their order.
/// </summary>
internal sealed class WeightedOrder(WeightFile weights) : IAddressOrder
{
    public void Arrange(Span<byte> message, in AddressRun run, FastRandom random, int limit)
    {
        Span<byte> asWritten = stackalloc byte[WireName.MaxLength];
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        var position = run.OwnerOffset;
        if (!NameReader.TryRead(message, ref position, asWritten, out var length))
        {
            return;
        }

        WireName.ToLower(asWritten[..length], owner);
        var ofName = weights.Current.OfName(owner[..length]);
        var total = 0;
        for (var i = 0; i < run.Count; i++)
        {
            total += WeightTable.WeightOf(ofName, run.Address(message, i));
        }

        var left = random.Below(total);
        var chosen = 0;
        while ((left -= WeightTable.WeightOf(ofName, run.Address(message, chosen))) >= 0)
        {
            chosen++;
        }

        run.Exchange(message, 0, chosen);
    }
}
