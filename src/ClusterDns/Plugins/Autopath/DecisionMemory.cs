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
/// A table of fixed size, two words to an entry: the key and the facts. Full sets forget their oldest. Whoever reads or
/// writes a set holds it for some ten instructions: of two queries that are answered at the same time, the one that has
/// come to an end must not lose its decision to what the other one knows so far.
/// </remarks>
internal sealed class DecisionMemory(TimeProvider time)
{
    /// <summary>How long the queries of one lookup may lie apart: what a resolver waits before it asks again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>Entries, 16 octets each: the lookups of five seconds at three thousand a second.</summary>
    public const int Entries = 1 << 14;

    private const int Ways = 4;

    /// <summary>Locks that the sets share.</summary>
    private const int Gates = 256;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    // Octets of the second word: types, step and finality, then milliseconds since the start.
    private const int StepShift = 8;
    private const int FinalShift = 15;
    private const int TimeShift = 16;

    private readonly ulong[] _words = new ulong[Entries * 2];
    private readonly SpinLock[] _gates = [.. Enumerable.Repeat(new SpinLock(enableThreadOwnerTracking: false), Gates)];
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
        var isHeld = false;
        ref var gate = ref GateOf(set);
        try
        {
            gate.Enter(ref isHeld);
            if (!TryFind(set, key, out var at))
            {
                return false;
            }

            ref var facts = ref _words[at + 1];
            if ((facts & bit) != 0 || IsOver(facts))
            {
                return false;
            }

            decision = DecisionIn(facts);
            facts |= bit;
            return true;
        }
        finally
        {
            Leave(ref gate, isHeld);
        }
    }

    /// <summary>
    /// Keeps what was decided for a query, unless another query of the lookup has come to an end meanwhile: then that
    /// stands. Types that no resolver asks together are not kept.
    /// </summary>
    /// <returns>What stands now.</returns>
    public Decision Put(ulong key, RecordType type, Decision decision)
    {
        var bit = BitOf(type);
        if (bit == 0)
        {
            return decision;
        }

        var now = (ulong)time.GetElapsedTime(_start).TotalMilliseconds;
        var set = SetOf(key);
        var isHeld = false;
        ref var gate = ref GateOf(set);
        try
        {
            gate.Enter(ref isHeld);
            if (!TryFind(set, key, out var at))
            {
                at = OldestOf(set);
            }
            else if (_words[at + 1] is var facts && DecisionIn(facts).IsFinal && (facts & bit) == 0 && !IsOver(facts))
            {
                _words[at + 1] |= decision.IsFinal ? bit : 0;
                return DecisionIn(facts);
            }

            var final = decision.IsFinal ? 1UL << FinalShift : 0;
            _words[at] = key;
            _words[at + 1] = bit | ((ulong)decision.Step << StepShift) | final | (now << TimeShift);
            return decision;
        }
        finally
        {
            Leave(ref gate, isHeld);
        }
    }

    private bool TryFind(int set, ulong key, out int at)
    {
        for (at = set; at < set + (Ways * 2); at += 2)
        {
            if (_words[at] == key)
            {
                return true;
            }
        }

        return false;
    }

    private int OldestOf(int set)
    {
        var oldest = set;
        for (var at = set + 2; at < set + (Ways * 2); at += 2)
        {
            oldest = _words[at + 1] >> TimeShift < _words[oldest + 1] >> TimeShift ? at : oldest;
        }

        return oldest;
    }

    private ref SpinLock GateOf(int set) => ref _gates[(set / (Ways * 2)) & (Gates - 1)];

    private static void Leave(ref SpinLock gate, bool isHeld)
    {
        if (isHeld)
        {
            gate.Exit(useMemoryBarrier: false);
        }
    }

    private static Decision DecisionIn(ulong facts) => new((int)(facts >> StepShift) & 0x7F, ((facts >> FinalShift) & 1) != 0);

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
}
