namespace ClusterDns.Operations.Bounds;

/// <summary>A bound that grows and shrinks with the memory there is.</summary>
/// <param name="Default">With <see cref="ServerBounds.UsualMemory"/>, and where memory has no limit.</param>
/// <param name="Lowest">Never less: a server with less would not be one.</param>
/// <param name="Highest">Never more, however much memory there is.</param>
internal readonly record struct ScaledBound(long Default, long Lowest, long Highest)
{
    /// <param name="memory">Octets; null for no limit.</param>
    public long For(long? memory) => memory is { } octets
        ? (long)Math.Clamp(Default * (double)octets / ServerBounds.UsualMemory, Lowest, Highest)
        : Default;
}
