namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>A resolver's way to ask for some names as they are written, where a getaddrinfo goes through the search list.</summary>
/// <param name="Lookups">The labels of the lookups that it concerns.</param>
/// <param name="Reason">What it does, as a part of a sentence behind the resolver's name.</param>
internal sealed record AskedAsWritten(IReadOnlyList<string> Lookups, string Reason);
