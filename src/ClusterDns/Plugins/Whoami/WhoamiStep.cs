using ClusterDns.Serving.Tracing;

namespace ClusterDns.Plugins.Whoami;

/// <summary>The client was told who it is.</summary>
/// <param name="Client">Its address and port, as <c>10.0.0.1:53</c> or <c>[fd00::1]:53</c>.</param>
internal sealed record WhoamiStep(string Client) : TraceStep;
