namespace ClusterDns.Corefile;

/// <summary>A server block as written: its keys and its directives in the order of the file.</summary>
internal sealed record ServerBlock(IReadOnlyList<CorefileToken> Keys, IReadOnlyList<Directive> Directives);
