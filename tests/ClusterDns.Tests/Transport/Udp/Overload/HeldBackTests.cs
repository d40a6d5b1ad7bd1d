using ClusterDns.Transport.Native;
using ClusterDns.Transport.Udp.Overload;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp.Overload;

/// <summary>Clients are numbers; what each sends is a number of packets in a second.</summary>
internal sealed class HeldBackTests
{
    [TestCase("1000 10", 100, "100 10")]
    [TestCase("1000 1000 10", 100, "50 50 10")]
    [TestCase("1000 200 10", 500, "300 200 10")]
    [TestCase("1000 300 10", 500, "250 250 10")]
    [TestCase("1000 10", 2000, "1000 10")]
    public void Busiest_KeepToTheBudget_AndOthersLoseNothing(string sent, double budget, string passing) =>
        Assert.That(Passing(new HeldBack(), Numbers(sent), budget), Is.EqualTo(Numbers(passing)).Within(0.01));

    [Test]
    public void ManyClients_WithLittleEach_AreLeftAlone()
    {
        var sent = Enumerable.Repeat(20.0, 30).ToArray();
        Assert.That(Passing(new HeldBack(), sent, 100), Is.EqualTo(sent));
    }

    [Test]
    public void MoreBusyClients_ThanAFilterKnows_TheBusiestAreHeldBack()
    {
        var sent = Enumerable.Range(0, 12).Select(i => 100.0 + i).ToArray();
        var passing = Passing(new HeldBack(), sent, 80);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(passing[..4], Is.EqualTo(sent[..4]));
            Assert.That(passing[4..], Has.All.EqualTo(10).Within(0.01));
        }
    }

    [TestCase("1000", false)]
    [TestCase("1000 800", false)]
    [TestCase("1000 10", true)]
    public void Others_AreThoseBesideTheBusiest(string sent, bool hasOthers)
    {
        var heldBack = new HeldBack();
        Passing(heldBack, Numbers(sent), 100);
        Assert.That(heldBack.HasOthers, Is.EqualTo(hasOthers));
    }

    [Test]
    public void Client_ThatIsHeldBack_IsKnownByWhatItSendsAndNotByWhatPasses()
    {
        var heldBack = new HeldBack();
        Passing(heldBack, [10_000, 100], 1000);

        // A tenth of the first comes through now.
        Assert.That(Passing(heldBack, [1000, 100], 1000)[0], Is.EqualTo(100).Within(1), "a tenth of a tenth");
    }

    [Test]
    public void Client_ThatPauses_StaysHeldBackUntilAllIsForgotten()
    {
        var heldBack = new HeldBack();
        Passing(heldBack, [10_000, 100], 1000);
        var before = heldBack.Sources.ToArray();
        var isChosen = heldBack.TryChoose(new SourceSample(), 1, 1000);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isChosen, Is.False);
            Assert.That(heldBack.Sources.ToArray(), Is.EqualTo(before));
            heldBack.Clear();
            Assert.That(heldBack.Count, Is.Zero);
        }
    }

    /// <summary>Whatever is sent: what is held back keeps to the budget, and nobody else is.</summary>
    [Test]
    public void Choice_OfAnyClients_IsFair()
    {
        Gen.Select(Gen.Int[1, 2000].Array[1, 30], Gen.Int[10, 5000]).Sample(
            (counts, budget) =>
            {
                var heldBack = new HeldBack();
                var sent = counts.Select(count => (double)count).ToArray();
                var passing = Passing(heldBack, sent, budget);
                var cut = Enumerable.Range(0, sent.Length).Where(i => passing[i] < sent[i] - 0.5).ToList();
                return cut.Count <= SourceFilter.MostSources
                    && cut.All(i => passing[i] <= budget + 1 || passing[i] <= sent[i] / 1000)
                    && Enumerable.Range(0, sent.Length).Except(cut).All(i => cut.All(j => sent[i] <= passing[j] + 2 || sent[i] < sent[j] + 1));
            },
            iter: 2000);
    }

    private static double[] Passing(HeldBack heldBack, double[] sent, double budget)
    {
        var sample = new SourceSample();
        for (var client = 0; client < sent.Length; client++)
        {
            for (var i = 0; i < sent[client]; i++)
            {
                sample.Add(SourceSampleTests.Client((uint)client));
            }
        }

        var parts = new Dictionary<ulong, double>();
        foreach (var source in heldBack.TryChoose(sample, 1, budget) ? heldBack.Sources : [])
        {
            parts[source.Bits] = 1 - ((double)source.Threshold / uint.MaxValue);
        }

        return [.. sent.Select((count, client) => count * parts.GetValueOrDefault((ulong)SourceSampleTests.Client((uint)client).Bits, 1))];
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(double.Parse)];
}
