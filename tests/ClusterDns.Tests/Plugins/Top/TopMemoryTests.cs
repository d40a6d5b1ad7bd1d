using System.Buffers.Binary;
using ClusterDns.Plugins.Top;
using ClusterDns.Plugins.Top.Sketches;
using ClusterDns.Testing;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Top;

/// <summary>What clients choose to send does not choose how much memory the answer to "who asks most" takes.</summary>
[TestFixture]
internal sealed class TopMemoryTests
{
    private const int Distinct = 10_000_000;

    [Test]
    public void Tally_TenMillionClientsAndNames_StaysWithinItsMemory()
    {
        var tally = new TopTally(new KeyHash(1));
        var octets = tally.Octets;
        var client = new byte[17];
        byte[] name = [8, .. "01234567"u8, 7, .. "example"u8, 3, .. "org"u8, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Distinct; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(client.AsSpan(13), i);
            BinaryPrimitives.WriteInt32BigEndian(name.AsSpan(1), i);
            tally.Add(TopFamily.Client, client);
            tally.Add(TopFamily.Name, name);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var clients = Copy(tally, TopFamily.Client);
        var names = Copy(tally, TopFamily.Name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(tally.Octets, Is.EqualTo(octets).And.LessThanOrEqualTo(TopTally.MostOctets));
            Assert.That(clients.Highest(int.MaxValue), Has.Count.EqualTo(TopFamilies.Talkers));
            Assert.That(names.Highest(int.MaxValue), Has.Count.EqualTo(TopFamilies.Talkers));
            Assert.That((clients.Added, names.Added), Is.EqualTo((Distinct, Distinct)));
        }
    }

    /// <summary>The number that is named is the one that the collector sees, but for the headers of a few dozen objects.</summary>
    [Test]
    public void Tally_Created_TakesWhatItSays()
    {
        _ = new TopTally(new KeyHash(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tally = new TopTally(new KeyHash(1));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.InRange(tally.Octets, TopTally.MostOctets));
    }

    [Test]
    public void Recording_MoreThreadsThanTallies_ShareTheLastAndStayWithinMemory()
    {
        const int threads = 12;
        const int each = 20_000;
        var talkers = new TopTalkers(Metrics.NewCustomRegistry(), new ManualClock(), processors: 2);
        var recording = talkers.Acquire(1);
        var taken = 0L;
        using var begin = new Barrier(threads);
        var asking = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            begin.SignalAndWait();
            var mine = 0L;
            for (var i = 0; i < each; i++)
            {
                if (recording.Enter() is { } tally)
                {
                    tally.Add(TopFamily.Name, [1, (byte)'a', 0]);
                    recording.Leave(tally);
                    mine++;
                }
            }

            Interlocked.Add(ref taken, mine);
            begin.SignalAndWait();
        })).ToList();
        asking.ForEach(thread => thread.Start());
        asking.ForEach(thread => thread.Join());

        var names = talkers.Read().Total[(int)TopFamily.Name];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recording.Tallies.Count(), Is.EqualTo(5));
            Assert.That(talkers.Octets, Is.LessThanOrEqualTo(talkers.MostOctets));
            Assert.That(taken, Is.InRange(4 * each, threads * each));
            Assert.That((names.Queries, names.Entries.Single().Count), Is.EqualTo((taken, taken)), "nothing lost of what was taken");
        }
    }

    private static SketchMerge Copy(TopTally tally, TopFamily family)
    {
        var total = new SketchMerge();
        tally.CopyTo(family, 0, 1, total, new SketchMerge());
        return total;
    }
}
