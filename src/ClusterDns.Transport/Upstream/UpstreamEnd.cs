namespace ClusterDns.Transport.Upstream;

/// <summary>How a connection ended, or why there is none: what the queries that wait for it are told.</summary>
internal sealed record UpstreamEnd(UpstreamOutcome Outcome, string Error);
