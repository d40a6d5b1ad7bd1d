using System.Numerics;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// Remembers, within bounds, the hashes of entries that left probation unused: one that is asked for again so soon was
/// misjudged. Each hash has one place; a later one takes it over.
/// </summary>
internal sealed class GhostFilter(int size)
{
    private readonly uint[] _hashes = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(size, 1))];

    public void Add(ulong hash) => Place(hash) = Mark(hash);

    /// <summary>Whether the hash is here; it no longer is.</summary>
    public bool Take(ulong hash)
    {
        ref var place = ref Place(hash);
        if (place != Mark(hash))
        {
            return false;
        }

        place = 0;
        return true;
    }

    // Bits that the shard and the slots are not chosen by come first.
    private static uint Mark(ulong hash) => (uint)(hash >> 24) | 1;

    private ref uint Place(ulong hash) => ref _hashes[(int)hash & (_hashes.Length - 1)];
}
