namespace ClusterDns.Corefile;

/// <summary>A whole Corefile with snippets and imports resolved, and what the reader wants to say about it.</summary>
/// <param name="Blocks">Server blocks in the order of the file; never empty once the default block is put in.</param>
/// <param name="Warnings">Sentences for the log: an import pattern without a match, a block without a key.</param>
internal sealed record CorefileDocument(IReadOnlyList<ServerBlock> Blocks, IReadOnlyList<string> Warnings);
