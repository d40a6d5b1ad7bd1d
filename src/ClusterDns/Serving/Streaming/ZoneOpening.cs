using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>Finds the zone that a transfer asks for.</summary>
internal static class ZoneOpening
{
    /// <summary>
    /// Whether the question's name is the apex of one of the plugin's zones. Then <paramref name="contents"/> is what is in
    /// it, from now on, or null where that is not known yet.
    /// </summary>
    public static bool TryOpen(this ITransferableZones plugin, Query query, out IZoneContents? contents)
    {
        contents = null;
        if (query.Class != RecordClass.IN || plugin.TransferableZones.FirstOrDefault(zone => IsApex(query, zone)) is not { } zone)
        {
            return false;
        }

        contents = plugin.Open(zone, query);
        return true;
    }

    private static bool IsApex(Query query, DnsName zone) =>
        query.Name.LabelCount == zone.LabelCount && query.Name.IsAtOrBelow(zone);
}
