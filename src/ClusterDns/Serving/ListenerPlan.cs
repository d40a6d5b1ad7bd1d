namespace ClusterDns.Serving;

/// <summary>A listener that a configuration wants and what it is to serve there.</summary>
internal sealed record ListenerPlan(ListenerKey Key, ZoneRouter Router);
