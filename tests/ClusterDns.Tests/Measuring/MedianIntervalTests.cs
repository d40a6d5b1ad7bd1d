using ClusterDns.Measuring;
using NUnit.Framework;

namespace ClusterDns.Tests.Measuring;

internal sealed class MedianIntervalTests
{
    // From the tables of the sign test at 5 %, two-sided: one more than the largest count that rejects.
    [TestCase(6, 1)]
    [TestCase(8, 1)]
    [TestCase(9, 2)]
    [TestCase(11, 2)]
    [TestCase(12, 3)]
    [TestCase(15, 4)]
    [TestCase(20, 6)]
    [TestCase(25, 8)]
    [TestCase(1000, 469)]
    public void Interval_OfSoManyValues_HasTheRanksOfTheSignTest(int count, int rank)
    {
        var interval = new MedianInterval(Enumerable.Range(1, count).Reverse().Select(value => (double)value));

        Assert.That((interval.Low, interval.High), Is.EqualTo(((double)rank, (double)(count + 1 - rank))));
    }

    [Test]
    public void Interval_OfFiveValues_IsNotKnown()
    {
        var interval = new MedianInterval([1, 1, 1, 1, 1]);

        Assert.Multiple(() =>
        {
            Assert.That(interval.Median, Is.EqualTo(1));
            Assert.That(interval.IsKnown, Is.False);
            Assert.That(interval.FarthestFrom(1), Is.EqualTo(double.PositiveInfinity));
        });
    }

    [Test]
    public void Median_OfAnEvenNumber_IsBetweenTheTwoInTheMiddle() =>
        Assert.That(new MedianInterval([9, 1, 2, 4]).Median, Is.EqualTo(3));

    [Test]
    public void Interval_OneValueOfNineIsAStall_DoesNotHoldIt()
    {
        var interval = new MedianInterval([0.99, 1.00, 1.01, 1.02, 40, 0.98, 1.00, 1.01, 0.99]);

        Assert.Multiple(() =>
        {
            Assert.That(interval.High, Is.EqualTo(1.02));
            Assert.That(interval.FarthestFrom(1), Is.EqualTo(0.02).Within(1e-9));
        });
    }

    // A seeded walk through many sets of ten rounds: the interval is to miss the true median in fewer than one of twenty.
    [Test]
    public void Interval_OfManySetsOfRounds_HoldsTheTrueMedianInNineteenOfTwenty()
    {
        const int Sets = 10_000;
        const double TrueMedian = 0.5;
        var random = new Random(53);

        var held = Enumerable.Range(0, Sets)
            .Select(_ => new MedianInterval(Enumerable.Range(0, 10).Select(_ => random.NextDouble())))
            .Count(interval => interval.Low <= TrueMedian && TrueMedian <= interval.High);

        Assert.That(held / (double)Sets, Is.GreaterThan(MedianInterval.Confidence));
    }
}
