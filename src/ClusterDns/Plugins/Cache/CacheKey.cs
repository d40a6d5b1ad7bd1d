using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>What a reply is kept under: name in lower case, type, class, and the bits DO and CD.</summary>
internal readonly ref struct CacheKey
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const ulong DnssecOk = 1UL << 32;
    private const ulong CheckingDisabled = 1UL << 33;

    /// <param name="query">Who asks.</param>
    /// <param name="seed">64 random bits, the server's secret: nobody can choose names that collide.</param>
    public CacheKey(Query query, ulong seed)
    {
        Name = query.Name.Wire;
        Facts = ((ulong)query.Type << 16)
            | (ulong)query.Class
            | (query.Edns.DnssecOk ? DnssecOk : 0)
            | ((query.Flags & MessageHeader.CheckingDisabledFlag) != 0 ? CheckingDisabled : 0);
        Hash = Mix(Name, Facts * Multiplier, seed);
    }

    public static RecordType TypeOf(ulong facts) => (RecordType)(ushort)(facts >> 16);

    public static RecordClass ClassOf(ulong facts) => (RecordClass)(ushort)facts;

    public static bool IsDnssecOk(ulong facts) => (facts & DnssecOk) != 0;

    public static bool IsCheckingDisabled(ulong facts) => (facts & CheckingDisabled) != 0;

    public ReadOnlySpan<byte> Name { get; }

    /// <summary>Everything but the name.</summary>
    public ulong Facts { get; }

    public ulong Hash { get; }

    private static ulong Mix(ReadOnlySpan<byte> name, ulong hash, ulong seed)
    {
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
        {
            hash = Fold(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), seed);
        }

        // A name ends in its only zero octet, so zeros in front of the rest make no two names alike.
        var rest = 0UL;
        foreach (var octet in name)
        {
            rest = (rest << 8) | octet;
        }

        return Fold(Fold(hash ^ rest, seed), seed);
    }

    // Both halves of the product. The secret is a factor too: added alone, it would leave some differences between names
    // the same whatever it is.
    private static ulong Fold(ulong value, ulong seed)
    {
        var high = Math.BigMul(value ^ seed, (seed * Multiplier) | 1, out var low);
        return high ^ low;
    }
}
