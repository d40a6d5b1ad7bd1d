using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>A plugin whose zones can be handed over as a whole, to a secondary server.</summary>
internal interface ITransferableZones
{
    /// <summary>The zones that can be handed over.</summary>
    IEnumerable<DnsName> TransferableZones { get; }

    /// <summary>What is in one of these zones, from now on; null where that is not known yet.</summary>
    /// <param name="zone">One of <see cref="TransferableZones"/>.</param>
    /// <param name="query">On whose behalf.</param>
    IZoneContents? Open(DnsName zone, Query query);
}
