using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClusterDns.Operations;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// Chooses one thread's queries: each with the same chance, whatever was chosen before, so that no client's rhythm falls
/// in with it. What is drawn is how many are passed over, which spares a draw for each query.
/// </summary>
internal sealed class TopSampler
{
    private const int Draws = 1 << 30;

    private readonly FastRandom _random = new();
    private readonly double _logOfPassing;
    private PaddedCount _left;

    /// <param name="sample">One in so many queries; 1 for all.</param>
    public TopSampler(int sample)
    {
        _logOfPassing = Math.Log(1 - (1.0 / sample));
        _left.Value = DrawDistance();
    }

    /// <summary>The thread's sketches, from its first chosen query on.</summary>
    public TopTally? Tally { get; set; }

    /// <summary>Whether the thread's next query is one. Small enough to become part of its caller.</summary>
    public bool IsChosen() => --_left.Value <= 0 && Restart();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Restart()
    {
        _left.Value = DrawDistance();
        return true;
    }

    // The geometric distribution by inversion: at least 1, at most 21 times the sample.
    private int DrawDistance() => 1 + (int)(Math.Log((_random.Below(Draws) + 1.0) / Draws) / _logOfPassing);

    /// <summary>Written for each query: on lines that no other thread has anything on.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 2 * Line)]
    private struct PaddedCount
    {
        private const int Line = 128;

        [FieldOffset(Line)]
        public int Value;
    }
}
