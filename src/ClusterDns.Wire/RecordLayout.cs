namespace ClusterDns.Wire;

/// <summary>Where names lie in a type's rdata.</summary>
/// <param name="OctetsBefore">Octets in front of the first name.</param>
/// <param name="Names">Names that follow each other; what comes behind them is opaque.</param>
/// <param name="MayCompress">Whether a writer may compress them: only types of RFC 1035 (RFC 3597, 4).</param>
internal readonly record struct RecordLayout(int OctetsBefore, int Names, bool MayCompress);
