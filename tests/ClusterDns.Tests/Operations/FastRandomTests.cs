using ClusterDns.Operations;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

[TestFixture]
internal sealed class FastRandomTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(1000)]
    public void Below_ManyTimes_GivesEveryNumberAboutEquallyOften(int bound)
    {
        const int perNumber = 2000;
        var random = new FastRandom();
        var counts = new int[bound];
        for (var i = 0; i < bound * perNumber; i++)
        {
            counts[random.Below(bound)]++;
        }

        // Ten standard deviations of a count: wrong once in more runs than anybody makes.
        var deviation = 10 * Math.Sqrt(perNumber);
        Assert.That(counts, Has.All.InRange(perNumber - deviation, perNumber + deviation));
    }

    [Test]
    public void TwoInstances_StartedTogether_Differ()
    {
        var (one, other) = (new FastRandom(), new FastRandom());

        Assert.That(Draw(one), Is.Not.EqualTo(Draw(other)));
    }

    private static int[] Draw(FastRandom random) =>
        [.. Enumerable.Range(0, 8).Select(_ => random.Below(int.MaxValue))];
}
