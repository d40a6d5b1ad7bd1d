using System.Buffers.Binary;
using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>Readers, writers, evictions and sweeps at once: whoever finds something finds a whole reply to his question.</summary>
[TestFixture]
internal sealed class CacheConcurrencyTests
{
    private const int Names = 4000;
    private const int Rounds = 60_000;
    private const ulong Seed = 0xA5F1_52EB_C0D9_4D03;

    [Test]
    public void Table_ReadAndWrittenAtOnce_NeverGivesATornReply()
    {
        var budget = new CacheBudget(600_000);
        var clock = new CacheClock(TimeProvider.System);
        var table = new CacheTable(1024, budget, clock);
        var found = 0;
        var torn = 0;
        Action[] work =
        [
            () => Write(table, clock, 1),
            () => Write(table, clock, 2),
            () => Read(table, 3, ref found, ref torn),
            () => Read(table, 4, ref found, ref torn),
            () => Disturb(table),
        ];
        var threads = work.Select(action => new Thread(() => action())).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(torn, Is.Zero);
            Assert.That(found, Is.GreaterThan(100));
            Assert.That(table.Bytes, Is.EqualTo(budget.Used).And.LessThanOrEqualTo(budget.Limit));
            Assert.That(table.Count, Is.LessThanOrEqualTo(1024));
        }

        table.Close();
        Assert.That(budget.Used, Is.Zero);
    }

    // The reply to a number holds that number as often as one digit of it says, so a mixture of two shows.
    private static void Write(CacheTable table, CacheClock clock, int seed)
    {
        var random = new Random(seed);
        Span<byte> address = stackalloc byte[4];
        for (var i = 0; i < Rounds; i++)
        {
            var number = random.Next(Names);
            var query = Ask(number);
            BinaryPrimitives.WriteInt32BigEndian(address, number);
            for (var record = 0; record <= number % 10; record++)
            {
                query.Reply.AddAddress(Section.Answer, NameParts.Question, 300, address);
            }

            var until = clock.Now + random.Next(1, 50_000_000);
            table.TryAdd(CacheEntry.Of(new CacheKey(query, Seed), query.Reply, false, 300, until, until));
        }
    }

    private static void Read(CacheTable table, int seed, ref int found, ref int torn)
    {
        var random = new Random(seed);
        for (var i = 0; i < Rounds; i++)
        {
            var number = random.Next(Names);
            var query = Ask(number);
            if (table.Find(new CacheKey(query, Seed)) is not { } entry)
            {
                continue;
            }

            entry.CountUse();
            Interlocked.Increment(ref found);
            if (!entry.TryWriteTo(query, 5) || !IsReplyTo(number, query.Reply))
            {
                Interlocked.Increment(ref torn);
            }
        }
    }

    private static void Disturb(CacheTable table)
    {
        var random = new Random(5);
        for (var i = 0; i < Rounds; i++)
        {
            switch (i % 100)
            {
                case 0:
                    table.Sweep();
                    break;
                case < 50:
                    table.Remove(new CacheKey(Ask(random.Next(Names)), Seed));
                    break;
            }
        }
    }

    private static bool IsReplyTo(int number, Reply reply)
    {
        var count = 0;
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (record.TimeToLive != 5 || BinaryPrimitives.ReadInt32BigEndian(record.Data(reply.Message)) != number)
            {
                return false;
            }

            count++;
        }

        return count == (number % 10) + 1;
    }

    private static Query Ask(int number) => QueryFactory.Ask($"n{number}.example.org.", RecordType.A);
}
