using System.Globalization;
using ClusterDns.Plugins.Top;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Top;

/// <summary>
/// Names drawn by Zipf's law, the k-th with a chance of 1 / k: the same for the same seed, on every machine.
/// </summary>
internal sealed class TopLoad(ulong seed)
{
    public const int Names = 100_000;

    private static readonly double[] UpTo = BuildUpTo();

    private ulong _state = seed;

    /// <summary>The next name's rank, from 0.</summary>
    public int Next()
    {
        // SplitMix64 of Steele, Lea and Flood.
        _state += 0x9E37_79B9_7F4A_7C15;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        bits ^= bits >> 31;
        var found = Array.BinarySearch(UpTo, (bits >> 11) / (double)(1UL << 53) * UpTo[^1]);
        return found < 0 ? ~found : found;
    }

    public static byte[] WireOf(int rank) => DnsName.Parse(TextOf(rank)).Wire.ToArray();

    public static string TextOf(int rank) => string.Create(CultureInfo.InvariantCulture, $"n{rank}.example.org.");

    /// <summary>Adds one query for a name as a thread of the server does.</summary>
    public static void Add(TopRecording recording, long generation, ReadOnlySpan<byte> name)
    {
        var tally = recording.Enter()!;
        tally.Enter(generation);
        tally.Add(TopFamily.Name, name);
        recording.Leave(tally);
    }

    private static double[] BuildUpTo()
    {
        var sums = new double[Names];
        var sum = 0.0;
        for (var i = 0; i < Names; i++)
        {
            sums[i] = sum += 1.0 / (i + 1);
        }

        return sums;
    }
}
