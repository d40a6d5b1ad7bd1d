using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>What a cluster zone says of itself: its SOA and the version of the naming scheme.</summary>
internal sealed class ZoneAnswers(KubernetesOptions options, ClusterZone zone)
{
    /// <summary>The SOA's own TTL is capped, in seconds; its MINIMUM is not.</summary>
    private const uint MostAuthorityTimeToLive = 300;

    private const uint RefreshSeconds = 7200;
    private const uint RetrySeconds = 1800;
    private const uint ExpireSeconds = 86400;

    /// <summary>Seconds; not touched by the <c>ttl</c> property.</summary>
    private const uint VersionTimeToLive = 28800;

    /// <summary>The version of the Kubernetes DNS specification, as TXT rdata.</summary>
    private static ReadOnlySpan<byte> VersionText => "\u00051.1.0"u8;

    public void WriteStartOfAuthority(in ClusterQuestion question, Section section)
    {
        var ttl = options.TimeToLive;
        question.Reply.AddStartOfAuthority(
            section,
            question.ZoneName,
            Math.Min(ttl, MostAuthorityTimeToLive),
            question.InZone(ZoneNames.NameServer),
            question.InZone(ZoneNames.Hostmaster),
            new SoaTimes(zone.Serial, RefreshSeconds, RetrySeconds, ExpireSeconds, ttl));
    }

    /// <summary>Writes the version if the question's name is <c>dns-version.ZONE</c>; false for any other.</summary>
    public static bool TryWriteVersion(in ClusterQuestion question) =>
        question.LabelsBelowZone == 1
        && question.Name.Wire.StartsWith(ZoneNames.Version)
        && question.Reply.AddRaw(
            Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.IN, VersionTimeToLive, VersionText);
}
