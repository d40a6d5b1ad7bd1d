using ClusterDns.Plugins.View;
using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>One key of a server block: a zone and the chain that serves it.</summary>
/// <param name="Zone">The key's zone.</param>
/// <param name="Chain">The block's plugins.</param>
/// <param name="LogStackTraces">Whether an exception out of the chain is logged with its stack trace.</param>
/// <param name="TakesOtherClasses">Whether a plugin takes queries of classes other than IN.</param>
/// <param name="View">Which queries of the zone the block takes; null for all.</param>
internal sealed record ZoneRoute(
    DnsName Zone, PluginChain Chain, bool LogStackTraces, bool TakesOtherClasses = false, ViewPlugin? View = null);
