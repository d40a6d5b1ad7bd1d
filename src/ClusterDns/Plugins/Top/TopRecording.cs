using ClusterDns.Operations;
using ClusterDns.Plugins.Top.Sketches;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// What the threads of a server sampled at one rate. Each of the first threads has sketches of its own; those beyond that
/// share a last tally, and a sample that finds it taken is left out, so that nobody waits and memory has a bound.
/// </summary>
/// <param name="sample">One in so many queries.</param>
/// <param name="hash">The same for all threads.</param>
/// <param name="mostTallies">Threads with sketches of their own.</param>
internal sealed class TopRecording(int sample, KeyHash hash, int mostTallies)
{
    private readonly TopTally?[] _tallies = new TopTally?[mostTallies + 1];
    private int _made;
    private int _sharedIsTaken;

    public int Sample => sample;

    /// <summary>Who chooses, on each thread.</summary>
    public PerThread<TopSampler> Samplers { get; } = new(() => new TopSampler(sample));

    public IEnumerable<TopTally> Tallies => _tallies.Select((_, index) => Volatile.Read(ref _tallies[index])).OfType<TopTally>();

    /// <summary>Configurations that write to it.</summary>
    public int Users { get; set; }

    /// <summary>The calling thread's sketches; null if there is none to be had. <see cref="Leave"/> follows.</summary>
    public TopTally? Enter()
    {
        var tally = Samplers.Value.Tally ??= Create();
        return tally != _tallies[mostTallies] || Interlocked.CompareExchange(ref _sharedIsTaken, 1, 0) == 0 ? tally : null;
    }

    public void Leave(TopTally tally)
    {
        if (tally == _tallies[mostTallies])
        {
            Volatile.Write(ref _sharedIsTaken, 0);
        }
    }

    private TopTally Create()
    {
        var index = Interlocked.Increment(ref _made) - 1;
        if (index < mostTallies)
        {
            var tally = new TopTally(hash);
            Volatile.Write(ref _tallies[index], tally);
            return tally;
        }

        var last = new TopTally(hash);
        return Interlocked.CompareExchange(ref _tallies[mostTallies], last, null) ?? last;
    }
}
