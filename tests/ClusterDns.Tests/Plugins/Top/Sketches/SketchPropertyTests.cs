using System.Buffers.Binary;
using ClusterDns.Plugins.Top.Sketches;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top.Sketches;

/// <summary>Sketches against exact counts of the same streams, for any stream and any size.</summary>
[TestFixture]
internal sealed class SketchPropertyTests
{
    private const int MostKeys = 60;

    // Few keys often and many keys seldom, in any order.
    private static readonly Gen<int[]> Streams =
        Gen.Frequency((3, Gen.Int[0, 5]), (2, Gen.Int[0, MostKeys - 1])).Array[0, 400];

    [Test]
    public void Counters_OfAnyStream_AreBoundsOfTheExactCounts() =>
        Gen.Select(Streams, Gen.Int[1, 40], Gen.Int[1, 8]).Sample((stream, capacity, hashes) =>
        {
            var sketch = new Sketch(capacity, sizeof(int));
            foreach (var key in stream)
            {
                sketch.Add(Key(key), Hash(key, hashes));
            }

            var copy = sketch.Copy();
            AssertBounds(stream, copy.Counters, copy.Lowest);
            Assert.That(copy.Added, Is.EqualTo(stream.Length));
            Assert.That(copy.Counters.Sum(counter => counter.Count), Is.EqualTo(stream.Length), "each key adds one to one counter");
            Assert.That(copy.Counters, Has.Count.EqualTo(Math.Min(capacity, stream.Distinct().Count())));
            Assert.That(copy.Lowest, Is.LessThanOrEqualTo(stream.Length / capacity));
        });

    [Test]
    public void Merged_SketchesOfAnyStreams_AreBoundsOfTheExactCounts() =>
        Gen.Select(Streams.Array[1, 5], Gen.Int[1, 40], Gen.Int[1, 3]).Sample((streams, capacity, weight) =>
        {
            var merge = new SketchMerge();
            var lowest = 0L;
            foreach (var stream in streams)
            {
                var sketch = new Sketch(capacity, sizeof(int));
                foreach (var key in stream)
                {
                    sketch.Add(Key(key), Hash(key, int.MaxValue));
                }

                var copy = sketch.Copy();
                lowest += copy.Lowest * weight;
                merge.Add(copy, weight);
            }

            // As many times as each count stands for.
            var all = Enumerable.Repeat(streams, weight).SelectMany(each => each).SelectMany(stream => stream).ToArray();
            var highest = merge.Highest(int.MaxValue);
            AssertBounds(all, highest, lowest);
            Assert.That(merge.Added, Is.EqualTo(all.Length));
            Assert.That(highest.Select(counter => counter.Count - counter.Error), Is.Ordered.Descending);
        });

    [Test]
    public void Clear_AfterAnyStream_LeavesASketchLikeNew() =>
        Gen.Select(Streams, Streams, Gen.Int[1, 40]).Sample((before, stream, capacity) =>
        {
            var sketch = new Sketch(capacity, sizeof(int));
            var fresh = new Sketch(capacity, sizeof(int));
            foreach (var key in before)
            {
                sketch.Add(Key(key), Hash(key, int.MaxValue));
            }

            sketch.Clear();
            Assert.That(sketch.Copy().Counters, Is.Empty);
            foreach (var key in stream)
            {
                sketch.Add(Key(key), Hash(key, int.MaxValue));
                fresh.Add(Key(key), Hash(key, int.MaxValue));
            }

            Assert.That(Describe(sketch.Copy()), Is.EqualTo(Describe(fresh.Copy())));
        });

    private static void AssertBounds(int[] stream, IReadOnlyList<SketchCounter> counters, long lowest)
    {
        var exact = stream.CountBy(key => key).ToDictionary();
        foreach (var counter in counters)
        {
            var times = exact[BinaryPrimitives.ReadInt32BigEndian(counter.Key)];
            Assert.That(times, Is.InRange(counter.Count - counter.Error, counter.Count));
            exact.Remove(BinaryPrimitives.ReadInt32BigEndian(counter.Key));
        }

        Assert.That(exact.Values, Has.All.LessThanOrEqualTo(lowest), "what has no counter");
    }

    private static IEnumerable<string> Describe(SketchCopy copy) =>
        copy.Counters.Select(counter => $"{Convert.ToHexString(counter.Key)} {counter.Count} {counter.Error}").Order();

    private static byte[] Key(int number)
    {
        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return key;
    }

    // Few different hashes: keys that collide have to be told apart, and moved when one of them goes.
    private static uint Hash(int key, int hashes) => (uint)(key * 31 % hashes);
}
