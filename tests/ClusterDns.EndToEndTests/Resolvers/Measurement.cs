namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>What became of one lookup.</summary>
/// <param name="Variant">How the server was configured.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Resolver">By what.</param>
/// <param name="Lookup">For what.</param>
/// <param name="Answers">What it found, as <see cref="Lookup.Normalize"/> says.</param>
/// <param name="Queries">What it sent for it.</param>
internal sealed record Measurement(
    ServerVariant Variant, Client Client, Resolver Resolver, Lookup Lookup, IReadOnlyList<string> Answers, long Queries);
