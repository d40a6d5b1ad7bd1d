using System.Net;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward;

/// <summary>What one <c>forward</c> directive says.</summary>
internal sealed record ForwardOptions
{
    /// <summary>Names at or below this are forwarded.</summary>
    public required DnsName From { get; init; }

    /// <summary>TO, as written.</summary>
    public required IReadOnlyList<ForwardTarget> Targets { get; init; }

    /// <summary>Names at or below these are not forwarded.</summary>
    public IReadOnlyList<DnsName> Except { get; init; } = [];

    public bool ForceTcp { get; init; }

    public bool PreferUdp { get; init; }

    /// <summary>Idle sockets and connections are closed after this.</summary>
    public TimeSpan Expire { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Idle connections kept; 0 for no limit.</summary>
    public int MaxIdleConnections { get; init; }

    /// <summary>Connections older than this are not used again; zero for no limit.</summary>
    public TimeSpan MaxAge { get; init; }

    /// <summary>An upstream is down once more probes than this failed; 0: never.</summary>
    public int MaxFails { get; init; } = 2;

    /// <summary>Upstreams asked for one query; null: twice as many as there are; 0: no limit but the time.</summary>
    public int? MaxConnectAttempts { get; init; }

    /// <summary>Longest wait for one upstream's reply.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From <c>tls</c>, for upstreams over TLS.</summary>
    public TlsFiles Tls { get; init; } = TlsFiles.None;

    /// <summary>The name that certificates are to have, from <c>tls_servername</c>.</summary>
    public string? TlsServerName { get; init; }

    public PolicyKind Policy { get; init; }

    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>RD in health probes.</summary>
    public bool ProbeWantsRecursion { get; init; } = true;

    public DnsName ProbeDomain { get; init; } = DnsName.Root;

    /// <summary>Queries under way at once, more are refused; null: the server's bound for all directives that name none.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Replies with these rcodes go on to the next <c>forward</c> of the block.</summary>
    public IReadOnlyList<ResponseCode> NextCodes { get; init; } = [];

    /// <summary>So do replies without an answer.</summary>
    public bool NextOnNoData { get; init; }

    /// <summary>After replies with these rcodes the next upstream is asked.</summary>
    public IReadOnlyList<ResponseCode> FailoverCodes { get; init; } = [];

    /// <summary>No upstream is asked when all are down.</summary>
    public bool FailFast { get; init; }

    /// <summary>Where queries come from; null for the system's choice.</summary>
    public IPAddress? SourceAddress { get; init; }

    /// <summary>Who is asked for the addresses of host names; none: the system.</summary>
    public IReadOnlyList<IPEndPoint> Resolvers { get; init; } = [];

    public bool Takes(QuestionName name)
    {
        if (!name.IsAtOrBelow(From))
        {
            return false;
        }

        // By index: an enumerator of an interface is an object.
        for (var i = 0; i < Except.Count; i++)
        {
            if (name.IsAtOrBelow(Except[i]))
            {
                return false;
            }
        }

        return true;
    }
}
