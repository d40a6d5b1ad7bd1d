namespace ClusterDns.Serving;

/// <summary>A listener that a configuration wants, what it is to serve there, and what its blocks ask of its sockets.</summary>
internal sealed record ListenerPlan(ListenerKey Key, ZoneRouter Router, ListenerSettings Settings);
