using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Hashes of what queries ask for: 64-bit words, each folded in by one multiplication. The seed is random for
/// every process, so nobody can name their Services to collide. <see cref="HashCode"/> is seeded too, and was half of
/// what finding a namespace costs. Never 0: that marks a free slot.
/// </summary>
internal static class ZoneHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public static uint Of(ReadOnlySpan<byte> name) => Of(0, name);

    /// <summary>A name inside a namespace.</summary>
    public static uint Of(uint namespaceHash, ReadOnlySpan<byte> name)
    {
        var hash = Fold(Seed ^ namespaceHash, (ulong)name.Length);
        while (name.Length > sizeof(ulong))
        {
            hash = Fold(hash, MemoryMarshal.Read<ulong>(name));
            name = name[sizeof(ulong)..];
        }

        return ToSlotHash(Fold(hash, ReadTail(name)));
    }

    public static uint Of(NetworkAddress address)
    {
        var hash = Fold(address.IsIPv4 ? Seed : ~Seed, (ulong)address.Bits);
        return ToSlotHash(Fold(hash, (ulong)(address.Bits >> 64)));
    }

    /// <summary>Up to eight octets as one word.</summary>
    private static ulong ReadTail(ReadOnlySpan<byte> tail)
    {
        if (tail.Length == sizeof(ulong))
        {
            return MemoryMarshal.Read<ulong>(tail);
        }

        if (tail.Length >= sizeof(uint))
        {
            return ((ulong)MemoryMarshal.Read<uint>(tail) << 32) | MemoryMarshal.Read<uint>(tail[^sizeof(uint)..]);
        }

        var word = 0UL;
        foreach (var octet in tail)
        {
            word = (word << 8) | octet;
        }

        return word;
    }

    /// <summary>
    /// Both halves multiplied with each other: neither is known to whoever chose the word. The whole goes in once more,
    /// since a half that is zero would take the other one with it.
    /// </summary>
    private static ulong Fold(ulong hash, ulong word)
    {
        var mixed = hash ^ word;
        return ((mixed >> 32) * (uint)mixed) ^ BitOperations.RotateLeft(mixed, 29);
    }

    // Words that differ little differ in the lower half of what the last fold made; here they reach the upper one.
    private static uint ToSlotHash(ulong hash) => (uint)((hash * Multiplier) >> 32) is var slotHash and not 0 ? slotHash : 1;
}
