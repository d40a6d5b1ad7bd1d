namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>What a sketch held at a moment.</summary>
/// <param name="Counters">Those in use, in no order.</param>
/// <param name="Lowest">As often at most was added what has no counter; 0 until all counters are in use.</param>
/// <param name="Added">How often anything was added.</param>
internal sealed record SketchCopy(IReadOnlyList<SketchCounter> Counters, long Lowest, long Added);
