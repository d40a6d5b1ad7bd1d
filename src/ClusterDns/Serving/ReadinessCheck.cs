namespace ClusterDns.Serving;

/// <summary>One plugin's say in <c>/ready</c>.</summary>
internal sealed record ReadinessCheck(string PluginName, Func<bool> IsReady);
