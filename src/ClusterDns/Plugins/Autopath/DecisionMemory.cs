using System.Security.Cryptography;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Autopath;

/// <summary>
/// What was decided for a client and a name a moment ago. A resolver asks for A and AAAA (and HTTPS) of one name; should
/// the cluster change in between, the later query still is answered from where the earlier one was. A query of a type that
/// has already been served begins a new lookup, so nothing is ever older than <see cref="Lifetime"/>.
/// </summary>
/// <remarks>
/// A table of fixed size without locks: two words to an entry, the first one the key mixed with the second, so that an
/// entry of which two writers wrote half each is nobody's. Full sets forget their oldest.
/// </remarks>
internal sealed class DecisionMemory(TimeProvider time)
{
    /// <summary>How long the queries of one lookup may lie apart: what a resolver waits before it asks again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>Entries, 16 octets each: the lookups of five seconds at three thousand a second.</summary>
    public const int Entries = 1 << 14;

    private const int Ways = 4;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Octets of the second word: types, step and finality, then milliseconds since the start.
    private const int StepShift = 8;
    private const int FinalShift = 15;
    private const int TimeShift = 16;

    private readonly ulong[] _words = new ulong[Entries * 2];
    private readonly ulong _seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly long _start = time.GetTimestamp();

    /// <summary>The key of a query's client and name; never 0.</summary>
    public ulong KeyOf(Query query)
    {
        var hash = Fold(query.Client.IsIPv4 ? _seed : ~_seed, (ulong)query.Client.Bits);
        hash = Fold(hash, (ulong)(query.Client.Bits >> 64));
        var name = query.Name.Wire;
        hash = Fold(hash, (ulong)name.Length);
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
        {
            hash = Fold(hash, BitConverter.ToUInt64(name));
        }

        var rest = 0UL;
        foreach (var octet in name)
        {
            rest = (rest << 8) | octet;
        }

        return Fold(hash, rest) | 1;
    }

    /// <summary>
    /// What was decided for a query of another type of the same lookup, and notes that this type has been served too.
    /// </summary>
    public bool TryTake(ulong key, RecordType type, out Decision decision)
    {
        decision = default;
        var bit = BitOf(type);
        if (bit == 0)
        {
            return false;
        }

        var set = SetOf(key);
        for (var at = set; at < set + (Ways * 2); at += 2)
        {
            var facts = Volatile.Read(ref _words[at + 1]);
            if ((Volatile.Read(ref _words[at]) ^ facts) != key)
            {
                continue;
            }

            if ((facts & bit) != 0 || IsOver(facts))
            {
                return false;
            }

            decision = new Decision((int)(facts >> StepShift) & 0x7F, ((facts >> FinalShift) & 1) != 0);
            Write(at, key, facts | bit);
            return true;
        }

        return false;
    }

    /// <summary>Keeps what was decided for a query; types that no resolver asks together are not kept.</summary>
    public void Put(ulong key, RecordType type, Decision decision)
    {
        var bit = BitOf(type);
        if (bit == 0)
        {
            return;
        }

        var now = (ulong)time.GetElapsedTime(_start).TotalMilliseconds;
        var set = SetOf(key);
        var chosen = set;
        var types = bit;
        for (var at = set; at < set + (Ways * 2); at += 2)
        {
            var facts = Volatile.Read(ref _words[at + 1]);
            if ((Volatile.Read(ref _words[at]) ^ facts) == key)
            {
                chosen = at;
                types |= (facts & bit) == 0 && !IsOver(facts) ? facts & 0xFF : 0;
                break;
            }

            chosen = facts >> TimeShift < _words[chosen + 1] >> TimeShift ? at : chosen;
        }

        var final = decision.IsFinal ? 1UL << FinalShift : 0;
        Write(chosen, key, types | ((ulong)decision.Step << StepShift) | final | (now << TimeShift));
    }

    private static ulong BitOf(RecordType type) => type switch
    {
        RecordType.A => 1,
        RecordType.AAAA => 2,
        RecordType.HTTPS => 4,
        _ => 0,
    };

    private static int SetOf(ulong key) => (int)((key >> 32) & ((Entries / Ways) - 1)) * Ways * 2;

    private static ulong Fold(ulong hash, ulong word)
    {
        var high = Math.BigMul(hash ^ word, Multiplier, out ulong low);
        return high ^ low;
    }

    private bool IsOver(ulong facts) =>
        time.GetElapsedTime(_start).TotalMilliseconds - (facts >> TimeShift) > Lifetime.TotalMilliseconds;

    private void Write(int at, ulong key, ulong facts)
    {
        Volatile.Write(ref _words[at + 1], facts);
        Volatile.Write(ref _words[at], key ^ facts);
    }
}
