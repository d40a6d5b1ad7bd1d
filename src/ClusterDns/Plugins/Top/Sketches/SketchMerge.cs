using System.Runtime.InteropServices;
using System.Text;

namespace ClusterDns.Plugins.Top.Sketches;

/// <summary>
/// Adds up sketches of several threads and times. What one of them has no counter for, it may have seen as often as its
/// lowest counter says: so often is added to the count, and to how much that may be too high, and the bounds still hold.
/// </summary>
internal sealed class SketchMerge
{
    private readonly Dictionary<string, Sum> _sums = [];
    private long _lowest;

    /// <summary>How often anything was added.</summary>
    public long Added { get; private set; }

    /// <param name="copy">A sketch.</param>
    /// <param name="weight">What one of its counts stands for.</param>
    public void Add(SketchCopy copy, long weight)
    {
        Added += copy.Added * weight;
        _lowest += copy.Lowest * weight;
        var seen = new HashSet<string>();
        foreach (var counter in copy.Counters.OrderByDescending(counter => counter.Count))
        {
            // One octet a character, so that two keys are never one string.
            var key = Encoding.Latin1.GetString(counter.Key);
            if (!seen.Add(key))
            {
                // It lost its counter during the copy and got another one: the higher count is the later one.
                continue;
            }

            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
            sum.Count += (counter.Count - copy.Lowest) * weight;
            sum.Error += (counter.Error - copy.Lowest) * weight;
        }
    }

    /// <summary>The most frequent, by how often they certainly occurred.</summary>
    public IReadOnlyList<SketchCounter> Highest(int most) =>
    [
        .. _sums
            .OrderByDescending(pair => pair.Value.Count - pair.Value.Error)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => new SketchCounter(
                Encoding.Latin1.GetBytes(pair.Key), pair.Value.Count + _lowest, pair.Value.Error + _lowest)),
    ];

    private struct Sum
    {
        public long Count;
        public long Error;
    }
}
