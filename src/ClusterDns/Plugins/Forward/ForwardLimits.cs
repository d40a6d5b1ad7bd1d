namespace ClusterDns.Plugins.Forward;

/// <summary>Every bound of forwarding, in one place.</summary>
internal static class ForwardLimits
{
    /// <summary>TO arguments of a directive, counted as written; CoreDNS's number.</summary>
    public const int MostTargets = 15;

    /// <summary>Upstreams of a directive once files and host names have become addresses.</summary>
    public const int MostUpstreams = 64;

    /// <summary>
    /// Queries under way at once, of all directives without <c>max_concurrent</c> together: each holds some 6 KiB, so all
    /// of them stay under 30 MiB. More are refused.
    /// </summary>
    public const int MostUnderWay = 5000;

    /// <summary>What is left of that where memory is short.</summary>
    public const int LeastUnderWay = 500;

    /// <summary>What it becomes where memory is plenty: beyond this the timers of a dead upstream cost a core.</summary>
    public const int UtmostUnderWay = 20_000;

    /// <summary>Clients that wait for one exchange; the next one begins another.</summary>
    public const int MostWaiters = 1000;

    /// <summary>Upstreams asked for one query when <c>max_connect_attempts</c> is 0, which says no limit.</summary>
    public const int MostAttempts = 64;

    /// <summary>Octets of a resolv.conf.</summary>
    public const int MostFileOctets = 64 * 1024;

    /// <summary>Addresses taken for one host name.</summary>
    public const int MostHostAddresses = 16;

    /// <summary>Octets of a client's EDNS options that are passed on.</summary>
    public const int MostOptionOctets = 512;

    /// <summary>Hedges that may be saved up while none are needed.</summary>
    public const int MostSavedHedges = 20;

    /// <summary>One query in this many may be hedged.</summary>
    public const int QueriesPerHedge = 10;

    /// <summary>From a query's arrival to its failure. Stub resolvers give up at 5 s and see no later reply.</summary>
    public static readonly TimeSpan QueryBudget = TimeSpan.FromMilliseconds(4500);

    /// <summary>A health probe's wait for a reply.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Probes of one upstream are this far apart at least, whatever <c>health_check</c> says.</summary>
    public static readonly TimeSpan ShortestProbeInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Sooner than this no second upstream is asked.</summary>
    public static readonly TimeSpan ShortestHedgeDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>When an upstream is late that has not answered anything yet.</summary>
    public static readonly TimeSpan FirstHedgeDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How often resolv.conf files are looked at.</summary>
    public static readonly TimeSpan FileInterval = TimeSpan.FromSeconds(5);

    /// <summary>How often host names are resolved again.</summary>
    public static readonly TimeSpan HostInterval = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the addresses of a host name.</summary>
    public static readonly TimeSpan HostTimeout = TimeSpan.FromSeconds(5);
}
