using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>The rcode that replies with another one get.</summary>
internal readonly record struct ResponseCodeChange(ResponseCode From, ResponseCode To);
