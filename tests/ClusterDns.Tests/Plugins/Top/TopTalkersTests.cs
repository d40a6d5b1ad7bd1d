using ClusterDns.Plugins.Top;
using ClusterDns.Testing;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopTalkersTests
{
    private readonly ManualClock _clock = new();

    /// <summary>A read goes on all the time, as it does beside a server's threads.</summary>
    [TestCase(1UL)]
    [TestCase(20_261_126UL)]
    public void Read_ZipfLoadOfSeveralThreads_HasTheRightTopTenWithinTheirBounds(ulong seed)
    {
        const int threads = 4;
        const int each = 250_000;
        var talkers = new TopTalkers(Metrics.NewCustomRegistry(), _clock, processors: 2);
        var recording = talkers.Acquire(1);
        var exact = new long[TopLoad.Names];
        var names = Enumerable.Range(0, TopLoad.Names).Select(TopLoad.WireOf).ToArray();
        var asking = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            var load = new TopLoad(seed + (ulong)thread);
            for (var i = 0; i < each; i++)
            {
                var rank = load.Next();
                Interlocked.Increment(ref exact[rank]);
                TopLoad.Add(recording, 0, names[rank]);
            }
        })).ToList();
        asking.ForEach(thread => thread.Start());
        do
        {
            var meanwhile = talkers.Read().Total[(int)TopFamily.Name];
            Assert.That(meanwhile.Entries.Sum(entry => entry.Certain), Is.LessThanOrEqualTo(meanwhile.Queries));
        }
        while (asking.Exists(thread => thread.IsAlive));

        var report = talkers.Read(TopTalkers.MostEntries);
        var expected = exact.Index().OrderByDescending(pair => pair.Item).Take(10).Select(pair => TopLoad.TextOf(pair.Index));
        foreach (var list in new[] { report.Total[(int)TopFamily.Name], report.Recent[(int)TopFamily.Name] })
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(list.Queries, Is.EqualTo(threads * each));
                Assert.That(list.Entries.Take(10).Select(entry => entry.Text), Is.EqualTo(expected));
                foreach (var entry in list.Entries)
                {
                    var rank = int.Parse(entry.Text.Split('.')[0][1..]);
                    Assert.That(exact[rank], Is.InRange(entry.Count - entry.Error, entry.Count), entry.Text);
                    Assert.That(entry.Share, Is.EqualTo((double)entry.Count / list.Queries));
                }

                Assert.That(
                    list.Entries.Select(entry => entry.Error),
                    Has.All.LessThanOrEqualTo(threads * each / TopFamilies.Talkers),
                    "at most the queries divided by the counters of a thread");
            }
        }
    }

    [Test]
    public void Read_AfterTenMinutes_RemembersOnlyTheTotal()
    {
        var talkers = new TopTalkers(Metrics.NewCustomRegistry(), _clock, processors: 1);
        var recording = talkers.Acquire(4);
        Add("first");
        Assert.That(Recent(), Is.EqualTo("0s first.:4"));

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(Recent(), Is.EqualTo("300s first.:4"), "nothing was asked in this generation yet");
        Add("second");
        Add("second");
        Assert.That(Recent(), Is.EqualTo("300s second.:8 first.:4"));

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(Recent(), Is.EqualTo("300s second.:8"));
        Add("third");
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.That(Recent(), Is.EqualTo("540s second.:8 third.:4"));

        _clock.Advance(TimeSpan.FromMinutes(11));
        Assert.That(Recent(), Is.EqualTo("300s"));
        Add("fourth");
        Assert.That(Recent(), Is.EqualTo("300s fourth.:4"), "two generations without a query are forgotten");
        Assert.That(
            talkers.Read().Total[(int)TopFamily.Name].Entries.Select(entry => entry.Text),
            Is.EqualTo(["second.", "first.", "third.", "fourth."]));

        void Add(string name) => TopLoad.Add(recording, talkers.CurrentGeneration, DnsWire(name));

        string Recent()
        {
            var report = talkers.Read();
            return string.Join(
                ' ',
                report.Recent[(int)TopFamily.Name].Entries.Select(entry => $"{entry.Text}:{entry.Count}")
                    .Prepend($"{report.Window.TotalSeconds}s"));
        }
    }

    [Test]
    public void Read_TwoRates_AreAddedByWhatTheyStandFor()
    {
        var talkers = new TopTalkers(Metrics.NewCustomRegistry(), _clock, processors: 1);
        var (often, seldom) = (talkers.Acquire(1), talkers.Acquire(100));
        TopLoad.Add(often, 0, DnsWire("a"));
        TopLoad.Add(seldom, 0, DnsWire("a"));
        var before = talkers.Read();
        talkers.Release(seldom);
        var after = talkers.Read();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.Sample, before.Total[(int)TopFamily.Name].Entries.Single().Count), Is.EqualTo((100, 101)));
            Assert.That((after.Sample, after.Total[(int)TopFamily.Name].Entries.Single().Count), Is.EqualTo((1, 1)));
            Assert.That(talkers.Acquire(1), Is.SameAs(often), "it has a user");
        }
    }

    private static byte[] DnsWire(string name) => ClusterDns.Wire.DnsName.Parse(name).Wire.ToArray();
}
