using ClusterDns.Plugins.Top;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopSamplerTests
{
    private const int Queries = 1_600_000;

    // Seven standard deviations of how many of the queries are chosen, one of 16.
    private static readonly double Tolerance = 7 * Math.Sqrt(Queries * (1 / 16.0) * (15 / 16.0));

    [Test]
    public void IsChosen_OneInSixteen_IsThatOften()
    {
        var sampler = new TopSampler(16);
        var chosen = Enumerable.Range(0, Queries).Count(_ => sampler.IsChosen());
        Assert.That(chosen, Is.EqualTo(Queries / 16).Within(Tolerance));
    }

    /// <summary>A client whose query is every sixteenth one is chosen neither always nor never.</summary>
    [Test]
    public void IsChosen_ClientInStepWithTheSample_HasItsShare()
    {
        var sampler = new TopSampler(16);
        var chosen = new int[16];
        for (var i = 0; i < Queries; i++)
        {
            chosen[i % 16] += sampler.IsChosen() ? 1 : 0;
        }

        Assert.That(chosen, Has.All.EqualTo(Queries / 16 / 16).Within(Tolerance / 4));
    }

    [Test]
    public void IsChosen_OneInOne_IsAlways()
    {
        var sampler = new TopSampler(1);
        Assert.That(Enumerable.Range(0, 10_000).All(_ => sampler.IsChosen()), Is.True);
    }

    [Test]
    public void IsChosen_LargestSample_ComesToAnEnd()
    {
        var sampler = new TopSampler(TopOptions.LargestSample);
        var passed = 0;
        while (!sampler.IsChosen())
        {
            passed++;
        }

        Assert.That(passed, Is.LessThan(21 * TopOptions.LargestSample));
    }

    [Test]
    public void IsChosen_OfAnySample_AllocatesNothing()
    {
        var sampler = new TopSampler(2);
        Assert.That(Allocation.Of(() => sampler.IsChosen()), Is.Zero);
    }
}
