using ClusterDns.Corefile;

namespace ClusterDns.Serving;

/// <summary>A server block with what became of it.</summary>
/// <param name="Setup">Its plugins, and what they asked for.</param>
/// <param name="Source">The block as written.</param>
/// <param name="Keys">The zones it serves and where.</param>
internal sealed record ConfiguredBlock(BlockSetup Setup, ServerBlock Source, IReadOnlyList<ServerKey> Keys);
