namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>A resolver's own answer, found by itself and not by the server.</summary>
/// <param name="Lookups">The labels of the lookups that it concerns.</param>
/// <param name="Answer">What it finds there; empty for nothing.</param>
/// <param name="Reason">A sentence for the table, without the resolver's name.</param>
internal sealed record Peculiarity(IReadOnlyList<string> Lookups, string Answer, string Reason);
