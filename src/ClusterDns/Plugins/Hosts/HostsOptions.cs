using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Plugins.Hosts;

/// <summary>What a <c>hosts</c> directive says.</summary>
internal sealed record HostsOptions
{
    public const string DefaultPath = "/etc/hosts";

    /// <summary>Seconds, where no <c>ttl</c> is given.</summary>
    public const uint DefaultTimeToLive = 3600;

    /// <summary>Most that <c>ttl</c> may say, in seconds.</summary>
    public const uint MostTimeToLive = 65535;

    public static readonly TimeSpan DefaultReload = TimeSpan.FromSeconds(5);

    /// <summary>More often than this a file is not looked at.</summary>
    public static readonly TimeSpan ShortestReload = TimeSpan.FromMilliseconds(100);

    public string Path { get; init; } = DefaultPath;

    /// <summary>Zones whose names are served; whatever the file says of others is dropped.</summary>
    public required ZoneList Zones { get; init; }

    /// <summary>Lines of the hosts format that stand in the Corefile.</summary>
    public IReadOnlyList<string> Inline { get; init; } = [];

    public uint TimeToLive { get; init; } = DefaultTimeToLive;

    /// <summary>Addresses have names too: PTR queries are answered.</summary>
    public bool HasReverse { get; init; } = true;

    /// <summary>How often the file is looked at; zero for only once.</summary>
    public TimeSpan Reload { get; init; } = DefaultReload;

    /// <summary>Where a name that is not there is left to the next plugin.</summary>
    public ZoneList Fallthrough { get; init; } = new([]);

    /// <summary>There, types other than A, AAAA and PTR are left to the next plugin for names that are there, too.</summary>
    public bool UnsupportedFallsThrough { get; init; }
}
