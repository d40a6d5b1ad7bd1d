namespace ClusterDns.Explaining;

/// <summary>What an explanation may cost, since anybody who reaches the page may ask for one.</summary>
internal static class ExplainLimits
{
    /// <summary>Names and objects of the cluster that are compared with one that is missing.</summary>
    public const int MostCompared = 20_000;

    /// <summary>Records, ports and the like that one sentence or list shows.</summary>
    public const int MostShown = 8;

    /// <summary>Objects that a list for programs has: the EndpointSlices of a Service with 10,000 endpoints.</summary>
    public const int MostObjects = 100;

    /// <summary>Elements of a search list; a resolver takes no more either.</summary>
    public const int MostSearched = 32;

    /// <summary>Explanations under way in one server.</summary>
    public const int MostAtOnce = 4;

    /// <summary>Characters of what a person types: a name with every octet escaped, and its dots.</summary>
    public const int MostTyped = 1024;

    /// <summary>For one name of the walk: longer than all upstreams together may take.</summary>
    public static readonly TimeSpan OneName = TimeSpan.FromSeconds(10);
}
