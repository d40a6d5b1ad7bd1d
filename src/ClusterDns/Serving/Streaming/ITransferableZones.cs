using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>A plugin whose zones can be handed over as a whole, to a secondary server.</summary>
internal interface ITransferableZones
{
    /// <summary>The zones that can be handed over.</summary>
    IEnumerable<DnsName> TransferableZones { get; }

    /// <summary>
    /// Whether the question's name is the apex of such a zone. Then <paramref name="contents"/> is what is in it, from now
    /// on, or null where that is not known yet.
    /// </summary>
    bool TryOpen(Query query, out IZoneContents? contents);
}
