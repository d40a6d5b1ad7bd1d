using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ClusterDns.Operations;

/// <summary>
/// Spreads load: a few nanoseconds a number, no lock, started from the system's randomness. Not for secrets: somebody
/// who sees enough of its output can compute the rest. One instance belongs to one thread (<see cref="PerThread{T}"/>).
/// </summary>
internal sealed class FastRandom
{
    private ulong _high;
    private ulong _low;

    public FastRandom()
    {
        Span<ulong> seed = stackalloc ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(seed));
        _high = seed[0];
        // All zeros is the one state that xoroshiro never leaves.
        _low = seed[1] | 1;
    }

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>; all equally likely to one part in 2^32 / bound.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    // xoroshiro128+ of Blackman and Vigna; its weak low bits are not used.
    private ulong Next()
    {
        var low = _low;
        var high = _high;
        var result = low + high;
        high ^= low;
        _low = BitOperations.RotateLeft(low, 24) ^ high ^ (high << 16);
        _high = BitOperations.RotateLeft(high, 37);
        return result;
    }
}
