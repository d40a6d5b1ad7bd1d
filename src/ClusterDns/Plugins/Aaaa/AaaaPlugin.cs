using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Aaaa;

/// <summary>
/// Stands in front of the upstreams and answers AAAA queries with NODATA where IPv6 addresses are of no use. NXDOMAIN would
/// be wrong: resolvers take it for the A record as well.
/// </summary>
/// <param name="mode">The directive.</param>
/// <param name="serverHasIPv6">For <see cref="AaaaMode.Auto"/>: this server, a pod like any other, has an IPv6 address.</param>
internal sealed class AaaaPlugin(AaaaMode mode, bool serverHasIPv6) : Plugin
{
    /// <summary>How long caches may keep that there is none, in seconds.</summary>
    public const uint TimeToLive = 60;

    private const uint RefreshSeconds = 7200;
    private const uint RetrySeconds = 1800;
    private const uint ExpireSeconds = 86400;

    private ClusterZone? _zone;

    public override string Name => "aaaa";

    private static ReadOnlySpan<byte> PrimaryServer => "\u0002ns\u0003dns"u8;

    private static ReadOnlySpan<byte> Mailbox => "\u000ahostmaster"u8;

    /// <summary>Looks at this cluster from now on; null for none.</summary>
    public void Use(ClusterZone? zone) => Volatile.Write(ref _zone, zone);

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        if (query.Type != RecordType.AAAA || query.Class != RecordClass.IN || IsAsked())
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        query.Trace?.Add(new AaaaStep(mode));
        var zone = query.Zone.Wire;
        var reply = query.Reply;
        reply.AddStartOfAuthority(
            Section.Authority,
            NameParts.Whole(zone),
            TimeToLive,
            NameParts.Before(PrimaryServer, zone),
            NameParts.Before(Mailbox, zone),
            new SoaTimes(1, RefreshSeconds, RetrySeconds, ExpireSeconds, TimeToLive));
        reply.IsRecursionAvailable = true;
        query.IsByRule = true;

        // As quickly made again as looked up, and a cache would give it without saying that it is ours.
        query.IsLive = true;
        query.AnsweredBy = Name;
        return new ValueTask<ServeResult>(ServeResult.Answered);
    }

    // A cluster that is not known yet may have IPv6.
    private bool IsAsked() => mode switch
    {
        AaaaMode.Never => false,
        AaaaMode.Auto => serverHasIPv6 || Volatile.Read(ref _zone) is not { IsSynced: true, HasIPv6: false },
        _ => true,
    };
}
