using System.Buffers.Binary;
using ClusterDns.Plugins.Top.Sketches;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top.Sketches;

[TestFixture]
internal sealed class SketchTests
{
    private readonly KeyHash _hash = new(0x1234_5678_9ABC_DEF1);

    [Test]
    public void Add_KeyLongerThanASlot_IsCut()
    {
        var sketch = new Sketch(4, 3);
        sketch.Add("abcd"u8, 1);
        sketch.Add("abce"u8, 1);

        Assert.That(sketch.Copy().Counters.Single(), Is.EqualTo(new SketchCounter([.. "abc"u8], 2, 0)).Using<SketchCounter>(Same));
    }

    [Test]
    public void Add_KeyWithoutACounter_TakesOverTheLowest()
    {
        var sketch = new Sketch(2, 1);
        foreach (var key in "aaabbc"u8)
        {
            sketch.Add([key], key);
        }

        Assert.That(
            sketch.Copy().Counters.Select(counter => $"{(char)counter.Key[0]} {counter.Count} {counter.Error}"),
            Is.EquivalentTo(["a 3 0", "c 3 2"]));
    }

    [Test]
    public void Copy_WhileAnotherThreadAdds_HoldsWholeKeysWithinTheirBounds()
    {
        // Each key is one number eight times over: a mixture of two would show.
        const int rounds = 2_000_000;
        var sketch = new Sketch(8, 64);
        var writer = new Thread(() =>
        {
            var key = new byte[64];
            for (var i = 0; i < rounds; i++)
            {
                // Every other one the same; the rest never again.
                var number = i % 2 == 0 ? 0UL : (ulong)i;
                for (var at = 0; at < key.Length; at += sizeof(ulong))
                {
                    BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(at), number);
                }

                sketch.Add(key, _hash.Of(key));
            }
        });
        writer.Start();
        var copies = 0;
        do
        {
            var copy = sketch.Copy();
            copies++;
            foreach (var counter in copy.Counters)
            {
                var number = BinaryPrimitives.ReadUInt64BigEndian(counter.Key);
                Assert.That(counter.Key.Chunk(8).Select(part => BinaryPrimitives.ReadUInt64BigEndian(part)), Has.All.EqualTo(number));
                Assert.That(counter.Error, Is.InRange(0, counter.Count));
                if (number > 0)
                {
                    Assert.That(counter.Count - counter.Error, Is.LessThanOrEqualTo(1));
                }
            }
        }
        while (writer.IsAlive);

        Assert.That(copies, Is.GreaterThan(1));
        var frequent = sketch.Copy().Counters.MaxBy(counter => counter.Count - counter.Error);
        Assert.That((frequent.Count, frequent.Error), Is.EqualTo((rounds / 2, 0)));
    }

    [Test]
    public void Hash_KeysThatDifferInOneOctetOrInLength_Differ()
    {
        byte[][] keys =
        [
            [], [0], [0, 0], [1], [0, 1], [1, 0], [.. new byte[7]], [.. new byte[8]], [.. new byte[9]], [.. new byte[8], 1],
            [.. new byte[255]], [.. new byte[254], 1], [1, .. new byte[254]],
        ];

        Assert.That(keys.Select(key => _hash.Of(key)), Is.Unique);
    }

    private static bool Same(SketchCounter one, SketchCounter other) =>
        one.Key.AsSpan().SequenceEqual(other.Key) && one.Count == other.Count && one.Error == other.Error;
}
