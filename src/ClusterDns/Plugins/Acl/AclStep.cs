using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Acl;

/// <summary>A rule meant the client, the name and the type.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Zone">The zone of the rule.</param>
internal sealed record AclStep(AclAction Action, string Zone) : TraceStep;
