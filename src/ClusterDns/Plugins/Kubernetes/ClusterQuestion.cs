using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>A query and the zone of ours that its name is in. Names of the zone are written as the query spells it.</summary>
internal readonly struct ClusterQuestion(Query query, DnsName zone, ClusterZone cluster)
{
    public Query Query => query;

    public DnsName Zone => zone;

    /// <summary>
    /// The cluster had been read as a whole before the name was looked for: only then does a miss mean that there is no such
    /// name. Later it may have been read in between, the name included.
    /// </summary>
    public bool IsClusterKnown { get; } = cluster.IsSynced;

    /// <summary>What is found may come from a snapshot.</summary>
    public bool IsStale { get; } = cluster.IsStale;

    public QuestionName Name => query.Name;

    public RecordType Type => query.Type;

    public Reply Reply => query.Reply;

    /// <summary>Labels in front of the zone; 0 at its apex.</summary>
    public int LabelsBelowZone => query.Name.LabelCount - zone.LabelCount;

    public bool IsApex => LabelsBelowZone == 0;

    /// <summary>Where the zone begins in the question's name.</summary>
    public int ZoneOffset => query.Name.OffsetOf(LabelsBelowZone);

    /// <summary>The query spells the zone as the Corefile means it.</summary>
    public bool IsZoneInLowerCase => query.NameAsSent[ZoneOffset..].SequenceEqual(zone.Wire);

    /// <summary>Whether an address of this family answers the question; of a type other than A and AAAA, none does.</summary>
    public bool AsksFor(bool isIPv4) => Type == (isIPv4 ? RecordType.A : RecordType.AAAA);

    public NameParts ZoneName => NameParts.FromQuestion(ZoneOffset);

    /// <summary>A name of the zone.</summary>
    /// <param name="labels">Length-prefixed labels to stand in front of the zone.</param>
    public NameParts InZone(ReadOnlySpan<byte> labels) => NameParts.BeforeQuestion(labels, ZoneOffset);

    /// <summary>Whether such a name can exist: in front of a very long zone, our labels may exceed 255 octets.</summary>
    public bool CanName(ReadOnlySpan<byte> labels) => labels.Length + query.Name.Length - ZoneOffset <= WireName.MaxLength;
}
