using ClusterDns.Operations;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary><c>round_robin</c>: every order is equally likely. Not a rotation, whatever the name says.</summary>
internal sealed class UniformOrder : IAddressOrder
{
    // Fisher and Yates from the front: once the place for an address lies beyond what is sent, the rest may stay.
    public void Arrange(Span<byte> message, in AddressRun run, FastRandom random, int limit)
    {
        for (var place = 0; place < run.Count - 1 && run.At(place) < limit; place++)
        {
            run.Exchange(message, place, place + random.Below(run.Count - place));
        }
    }
}
