namespace ClusterDns.Testing.Soak;

/// <summary>How much happens, and how often.</summary>
internal sealed record SoakPace
{
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Clients for names of the cluster; every third is one over TCP.</summary>
    public int ClusterClients { get; init; } = 18;

    /// <summary>Clients for names of the world; every third is one over TCP.</summary>
    public int OutsideClients { get; init; } = 12;

    public TimeSpan ClientPause { get; init; } = TimeSpan.FromMilliseconds(40);

    public TimeSpan ChangePause { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan ReloadPause { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>Between two troubles of the API server.</summary>
    public TimeSpan ApiPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest outage of the API server.</summary>
    public TimeSpan LongestOutage { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two troubles of the upstreams.</summary>
    public TimeSpan UpstreamPause { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The longest trouble of the upstreams.</summary>
    public TimeSpan LongestUpstreamTrouble { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How old the truth of an answer may be.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromSeconds(5);
}
