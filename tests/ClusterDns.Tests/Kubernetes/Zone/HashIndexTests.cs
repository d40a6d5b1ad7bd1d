using ClusterDns.Kubernetes.Zone;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Zone;

internal sealed class HashIndexTests
{
    [Test]
    public void Index_AnyAdditionsAndRemovals_HoldsWhatASetHolds() =>
        // Few hashes, many of them neighbours, and some at the end of the array: runs, wrap-around and shared hashes.
        Gen.Select(Gen.Bool, Gen.OneOf(Gen.UInt[1, 40], Gen.UInt[uint.MaxValue - 4, uint.MaxValue]), Gen.Int[0, 3])
            .Array[0, 400]
            .Sample(steps =>
            {
                var index = new HashIndex<string>();
                var expected = new SortedSet<(uint Hash, string Item)>();
                foreach (var (isAddition, hash, number) in steps)
                {
                    var item = $"{hash}-{number}";
                    if (!isAddition)
                    {
                        index.Remove(hash, expected.FirstOrDefault(entry => entry == (hash, item)).Item ?? item);
                        expected.Remove((hash, item));
                    }
                    else if (expected.Add((hash, item)))
                    {
                        index.Add(hash, item);
                    }
                }

                return expected.Select(entry => entry.Item).Order(StringComparer.CurrentCulture).SequenceEqual(index.Items().Order(StringComparer.CurrentCulture))
                    && steps.Select(step => step.Item2).Distinct().All(hash => ItemsAt(index, hash).SequenceEqual(expected.Where(entry => entry.Hash == hash).Select(entry => entry.Item)));
            });

    [Test]
    public void Index_ItemsComeAndGo_StaysAsSmallAsWhatIsInIt()
    {
        var index = new HashIndex<string>();
        for (var hash = 1u; hash < 100_000; hash++)
        {
            index.Add(hash, "item");
            index.Remove(hash, "item");
        }

        index.Add(5, "item");

        Assert.That(index.Capacity, Is.EqualTo(16));
    }

    [Test]
    public void Index_ItemReplaced_IsGoneAndItsSuccessorInItsPlace()
    {
        var index = new HashIndex<string>();
        foreach (var item in (string[])["a", "b", "c"])
        {
            index.Replace(7, old: null, item);
        }

        var (old, successor) = (index.Find(7)[1], new string('b', 1));
        index.Replace(7, old, successor);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ItemsAt(index, 7), Is.EqualTo(new[] { "a", "b", "c" }));
            Assert.That(index.Find(7)[1], Is.SameAs(successor));
        }

        index.Replace(7, index.Find(7)[0], item: null);
        index.Replace(7, index.Find(7)[1], item: null);
        index.Replace(7, successor, old);

        Assert.That(index.Find(7)[0], Is.SameAs(old));
    }

    [Test]
    public void Index_HashUnknown_HoldsNothing() => Assert.That(new HashIndex<string>().Find(7).Count, Is.Zero);

    private static IEnumerable<string> ItemsAt(HashIndex<string> index, uint hash)
    {
        var bucket = index.Find(hash);
        return Enumerable.Range(0, bucket.Count).Select(i => bucket[i]);
    }
}
