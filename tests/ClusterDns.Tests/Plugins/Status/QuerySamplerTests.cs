using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Status.Sampling;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class QuerySamplerTests
{
    private readonly ManualClock _clock = new();

    [Test]
    public void Take_Twice_GivesWhatCameBetween()
    {
        var metrics = new QueryMetrics(Metrics.NewCustomRegistry(), _clock, new SeriesBudget(10));
        var sampler = new QuerySampler([metrics], _clock);
        Count(metrics, ResponseCode.NoError, 3);
        sampler.Begin();
        Count(metrics, ResponseCode.NoError, 2);
        Count(metrics, ResponseCode.NameError, 4);
        Count(metrics, ResponseCode.BadVersion, 1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var first = sampler.Take();
        Count(metrics, ResponseCode.ServerFailure, 1);
        Count(metrics, ResponseCode.Refused, 5);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var second = sampler.Take();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (first.Milliseconds, first.NoError, first.NameError, first.ServerFailure, first.Refused, first.Other),
                Is.EqualTo((1000, 2, 4, 0, 0, 1)));
            Assert.That(
                (second.Milliseconds, second.NoError, second.NameError, second.ServerFailure, second.Refused, second.Other),
                Is.EqualTo((2000, 0, 0, 1, 5, 0)));
        }
    }

    [TestCase(0.5, 0, ExpectedResult = 0, Description = "no queries")]
    [TestCase(0.5, 100, ExpectedResult = 125, Description = "the middle of the first bucket")]
    [TestCase(0.99, 100, ExpectedResult = 248)]
    [TestCase(0.5, 0, 100, ExpectedResult = 375, Description = "the middle of the second, from 250 to 500")]
    [TestCase(0.99, 90, 0, 10, ExpectedResult = 950, Description = "nine tenths into the third, from 500 to 1000")]
    [TestCase(0.99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, ExpectedResult = 8_192_000, Description = "no upper bound")]
    public int Quantile_OfBuckets_InMicroseconds(double share, params int[] counts)
    {
        var buckets = new long[TimeBuckets.Count];
        counts.Select(count => (long)count).ToArray().CopyTo(buckets, 0);
        return QuerySampler.Quantile(buckets, share);
    }

    [Test]
    public void Ring_MoreThanItHolds_KeepsTheLast()
    {
        var ring = new SampleRing(3);
        for (var i = 1; i <= 5; i++)
        {
            ring.Add(new QuerySample(i, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ring.Read(0, out var next).Select(sample => sample.Time), Is.EqualTo([3, 4, 5]));
            Assert.That(next, Is.EqualTo(5));
            Assert.That(ring.Read(4, out _).Select(sample => sample.Time), Is.EqualTo([5]));
            Assert.That(ring.Read(5, out _), Is.Empty);
            Assert.That(ring.Read(99, out _), Is.Empty);
        }
    }

    private static void Count(QueryMetrics metrics, ResponseCode code, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var query = QueryFactory.Ask("example.org.", RecordType.A);
            metrics.Count(metrics.SeriesOf("dns://:53", "."), query, ServeResult.Failed(code));
        }
    }
}
