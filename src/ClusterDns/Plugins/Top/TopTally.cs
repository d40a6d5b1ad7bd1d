using ClusterDns.Plugins.Top.Sketches;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// One thread's sketches: since the start, and two generations of which the older is forgotten when the next begins, so
/// that together they show the last one to two generations. Only that thread writes.
/// </summary>
internal sealed class TopTally(KeyHash hash)
{
    /// <summary>Octets that a tally takes, whatever is asked.</summary>
    public const int MostOctets = 768 * 1024;

    /// <summary>How often a copy is begun anew because generations changed meanwhile; they do so every few minutes.</summary>
    private const int MostCopies = 3;

    private readonly SketchSet _total = new();
    private SketchSet _current = new();
    private SketchSet _previous = new();
    private long _generation;

    // Odd while generations change.
    private int _version;

    public long Octets => _total.Octets + _current.Octets + _previous.Octets;

    /// <summary>Goes on to a generation, if that is not the current one.</summary>
    public void Enter(long generation)
    {
        if (generation != _generation)
        {
            Rotate(generation);
        }
    }

    public void Add(TopFamily family, ReadOnlySpan<byte> key)
    {
        var hashed = hash.Of(key);
        _total[family].Add(key, hashed);
        _current[family].Add(key, hashed);
    }

    /// <summary>Adds a family to what other threads have; called by any thread.</summary>
    /// <param name="family">Which.</param>
    /// <param name="generation">The current generation.</param>
    /// <param name="weight">What one of the counts stands for.</param>
    /// <param name="total">Takes what was counted since the start.</param>
    /// <param name="window">Takes what was counted in the current generation and in the one before.</param>
    public void CopyTo(TopFamily family, long generation, long weight, SketchMerge total, SketchMerge window)
    {
        total.Add(_total[family].Copy(), weight);
        for (var copies = 0; copies < MostCopies; copies++)
        {
            var version = Volatile.Read(ref _version);
            var age = generation - _generation;
            var current = age is 0 or 1 ? _current[family].Copy() : null;
            var previous = age == 0 ? _previous[family].Copy() : null;
            Volatile.ReadBarrier();
            if ((version & 1) == 0 && Volatile.Read(ref _version) == version)
            {
                AddTo(window, current, weight);
                AddTo(window, previous, weight);
                return;
            }
        }
    }

    private static void AddTo(SketchMerge window, SketchCopy? copy, long weight)
    {
        if (copy is not null)
        {
            window.Add(copy, weight);
        }
    }

    private void Rotate(long generation)
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
        var follows = generation == _generation + 1;
        (_current, _previous) = (_previous, _current);
        _current.Clear();
        if (!follows)
        {
            _previous.Clear();
        }

        _generation = generation;
        Volatile.Write(ref _version, _version + 1);
    }
}
