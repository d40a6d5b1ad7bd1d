using System.Security.Cryptography;
using ClusterDns.Plugins.Top.Sketches;
using ClusterDns.Serving;
using Prometheus;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// Who asks most and what for, of a whole server: everything that its blocks with <c>top</c> sample. Outlives
/// configurations; what was sampled at a rate is forgotten when no configuration uses that rate any more.
/// </summary>
internal sealed class TopTalkers
{
    /// <summary>Half of the longest time that counts as now.</summary>
    public static readonly TimeSpan Generation = TimeSpan.FromMinutes(5);

    /// <summary>Most entries of a list.</summary>
    public const int MostEntries = TopFamilies.Talkers;

    private readonly Lock _changing = new();
    private readonly TimeProvider _time;
    private readonly int _mostTallies;
    private readonly KeyHash _hash = new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
    private readonly long _began;
    private readonly long _generationTicks;
    private readonly TopMetrics _metrics;
    private TopRecording[] _recordings = [];
    private DateTimeOffset _since;

    /// <param name="registry">Where the metrics are shown while a block has <c>export</c>.</param>
    /// <param name="time">Tells the generations apart.</param>
    /// <param name="processors">Threads that answer at the same time; twice as many have sketches of their own.</param>
    public TopTalkers(CollectorRegistry registry, TimeProvider time, int processors)
    {
        _time = time;
        _mostTallies = Math.Max(1, processors) * 2;
        _began = time.GetTimestamp();
        _generationTicks = (long)(Generation.TotalSeconds * time.TimestampFrequency);
        _since = time.GetUtcNow();
        _metrics = new TopMetrics(registry, this);
    }

    public TopMetrics Metrics => _metrics;

    /// <summary>Octets that the sketches take now.</summary>
    public long Octets => Volatile.Read(ref _recordings).Sum(recording => recording.Tallies.Sum(tally => tally.Octets));

    /// <summary>Most octets that the sketches of one rate take, however many clients and names there are.</summary>
    public long MostOctets => (_mostTallies + 1L) * TopTally.MostOctets;

    /// <summary>Which generation it is.</summary>
    public long CurrentGeneration => (_time.GetTimestamp() - _began) / _generationTicks;

    /// <summary>Which generation it was when a query was answered, as far as anybody looked at the clock; else which it is.</summary>
    public long GenerationOf(Query query) =>
        query.EndTimestamp == 0 ? CurrentGeneration : (query.EndTimestamp - _began) / _generationTicks;

    /// <summary>Where a configuration that starts writes to; given back by <see cref="Release"/>.</summary>
    /// <param name="sample">One in so many queries.</param>
    public TopRecording Acquire(int sample)
    {
        lock (_changing)
        {
            var recording = Array.Find(_recordings, known => known.Sample == sample);
            if (recording is null)
            {
                recording = new TopRecording(sample, _hash, _mostTallies);
                _since = _recordings.Length == 0 ? _time.GetUtcNow() : _since;
                Volatile.Write(ref _recordings, [.. _recordings, recording]);
            }

            recording.Users++;
            return recording;
        }
    }

    public void Release(TopRecording recording)
    {
        lock (_changing)
        {
            if (--recording.Users == 0)
            {
                Volatile.Write(ref _recordings, [.. _recordings.Where(known => known != recording)]);
            }
        }
    }

    /// <summary>Adds up what all threads have, while they go on. Allocates about a megabyte for each thread.</summary>
    /// <param name="count">Entries of each list, up to <see cref="MostEntries"/>.</param>
    public TopReport Read(int count = 20)
    {
        lock (_changing)
        {
            var elapsed = _time.GetElapsedTime(_began);
            var generation = CurrentGeneration;
            var window = elapsed - (Generation * Math.Max(0, generation - 1));
            var now = _time.GetUtcNow();
            var lists = Enum.GetValues<TopFamily>().Select(family => Read(family, generation, count)).ToArray();
            return new TopReport(
                _recordings.Select(recording => recording.Sample).DefaultIfEmpty().Max(),
                _since,
                now - _since < window ? now - _since : window,
                [.. lists.Select(list => list.Total)],
                [.. lists.Select(list => list.Recent)]);
        }
    }

    private (TopList Total, TopList Recent) Read(TopFamily family, long generation, int count)
    {
        var total = new SketchMerge();
        var recent = new SketchMerge();
        foreach (var recording in _recordings)
        {
            foreach (var tally in recording.Tallies)
            {
                tally.CopyTo(family, generation, recording.Sample, total, recent);
            }
        }

        return (ListOf(family, total, count), ListOf(family, recent, count));
    }

    private static TopList ListOf(TopFamily family, SketchMerge merged, int count) => new(
        merged.Added,
        [
            .. merged.Highest(Math.Min(count, MostEntries)).Select(counter =>
            {
                var (text, parent, pod) = TopKeys.Read(family, counter.Key);
                return new TopEntry(text, parent, pod, counter.Count, counter.Error, (double)counter.Count / merged.Added);
            }),
        ]);
}
