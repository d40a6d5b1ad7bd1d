using ClusterDns.Operations;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary><c>prefer</c>: after the policy, addresses of the listed networks come first, in the order of the list.</summary>
internal sealed class PreferredFirst(IAddressOrder policy, PreferredNetwork[] networks) : IAddressOrder
{
    public void Arrange(Span<byte> message, in AddressRun run, FastRandom random, int limit)
    {
        // A preferred address may lie behind the limit, so the policy arranges them all.
        policy.Arrange(message, run, random, message.Length);
        var place = 0;
        foreach (var network in networks)
        {
            for (var i = place; i < run.Count; i++)
            {
                if (network.Contains(run.Address(message, i)))
                {
                    run.Exchange(message, place++, i);
                }
            }
        }
    }
}
