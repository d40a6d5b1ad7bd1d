using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>One key of a server block: a zone and the chain that serves it.</summary>
internal sealed record ZoneRoute(DnsName Zone, PluginChain Chain);
