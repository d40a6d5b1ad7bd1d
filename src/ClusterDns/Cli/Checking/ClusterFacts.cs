namespace ClusterDns.Cli.Checking;

/// <summary>What a check knows of the cluster.</summary>
/// <param name="Namespaces">By name; only those that were told in time.</param>
/// <param name="Troubles">What the talk with the API server, or the manifests, complained of.</param>
/// <param name="AreComplete">Every kind was listed.</param>
internal sealed record ClusterFacts(IReadOnlyList<string> Namespaces, IReadOnlyList<string> Troubles, bool AreComplete);
