using System.Buffers.Binary;

namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>Hashes keys with a secret, because whoever asks chooses the keys and must not choose collisions.</summary>
/// <param name="seed">64 random bits.</param>
internal sealed class KeyHash(ulong seed)
{
    private const ulong Spread = 0xD6E8_FEB8_6659_FD93;

    private readonly ulong _factor = (seed * Spread) | 1;

    public uint Of(ReadOnlySpan<byte> key)
    {
        // The length goes in, so zeros at the end make a difference.
        var hash = (ulong)key.Length * Spread;
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key));
        }

        var rest = 0UL;
        foreach (var octet in key)
        {
            rest = (rest << 8) | octet;
        }

        return (uint)(Fold(Fold(hash ^ rest)) >> 32);
    }

    private ulong Fold(ulong value)
    {
        var high = Math.BigMul(value ^ seed, _factor, out var low);
        return high ^ low;
    }
}
