using ClusterDns.Wire;

namespace ClusterDns.Plugins.Log;

/// <summary>Which queries are logged, and how.</summary>
/// <param name="Scope">Names at or below this one.</param>
/// <param name="Format">The line.</param>
/// <param name="Classes">The replies that are logged.</param>
internal sealed record LogRule(DnsName Scope, LogFormat Format, ReplyClasses Classes);
