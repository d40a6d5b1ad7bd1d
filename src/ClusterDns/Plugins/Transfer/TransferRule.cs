using ClusterDns.Plugins.Acl;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Transfer;

/// <summary>What one <c>transfer</c> directive says.</summary>
/// <param name="Zones">The zones that may be transferred.</param>
/// <param name="Clients">Who may have them; null for everybody.</param>
internal sealed record TransferRule(IReadOnlyList<DnsName> Zones, AddressRanges? Clients)
{
    public bool Allows(TransportAddress client) => Clients is null || Clients.Contains(client);

    /// <summary>Labels of the longest of the zones that the name is in; -1 if it is in none.</summary>
    public int LabelsFor(QuestionName name)
    {
        var most = -1;
        foreach (var zone in Zones)
        {
            most = name.IsAtOrBelow(zone) ? Math.Max(most, zone.LabelCount) : most;
        }

        return most;
    }
}
