using System.Buffers.Binary;
using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>What entries cost, what makes room, and what survives.</summary>
[TestFixture]
internal sealed class CacheMemoryTests
{
    private const int Mebibyte = 1 << 20;

    [Test]
    public void Budget_AMillionNames_IsKept()
    {
        const int names = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var budget = new CacheBudget(16 * Mebibyte);
        var table = new CacheTable(names, budget, new CacheClock(new ManualClock()));
        var source = new NameSource();
        var most = 0L;
        var added = 0;
        for (var i = 0; i < names; i++)
        {
            added += table.TryAdd(source.Entry(i)) ? 1 : 0;
            most = Math.Max(most, budget.Used);
        }

        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(added, Is.EqualTo(names));
            Assert.That(most, Is.LessThanOrEqualTo(budget.Limit));
            Assert.That(table.Bytes, Is.EqualTo(budget.Used).And.GreaterThan(budget.Limit * 99 / 100));
            Assert.That(taken, Is.LessThan(budget.Limit), "what is charged is what it takes");
            Assert.That(table.Count + table.Evictions, Is.EqualTo(names));
        }

        table.Close();
        Assert.That((budget.Used, table.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Charge_OfAnAddress_IsWhatItTakes()
    {
        const int names = 50_000;
        var budget = new CacheBudget(1L << 40);
        var table = new CacheTable(names * 2, budget, new CacheClock(new ManualClock()));
        var source = new NameSource();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < names; i++)
        {
            table.TryAdd(source.Entry(i));
        }

        var taken = (GC.GetTotalMemory(forceFullCollection: true) - before) / names;
        TestContext.Out.WriteLine($"{taken} octets an entry, charged with {budget.Used / names}");
        Assert.That(taken, Is.LessThanOrEqualTo(budget.Used / names).And.GreaterThan(budget.Used / names * 7 / 10));
        GC.KeepAlive(table);
    }

    [TestCase(1024)]
    [TestCase(9984)]
    public void Capacity_MoreNames_IsKept(int capacity)
    {
        var table = new CacheTable(capacity, new CacheBudget(1L << 40), new CacheClock(new ManualClock()));
        var source = new NameSource();
        for (var i = 0; i < capacity * 3; i++)
        {
            table.TryAdd(source.Entry(i));
        }

        Assert.That((table.Count, table.Evictions), Is.EqualTo((capacity, capacity * 2)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Scan_TenTimesTheCapacity_LeavesTheHotNames(bool byBudget)
    {
        const int capacity = 9984;
        const int hot = 3000;
        var source = new NameSource();
        var budget = new CacheBudget(byBudget ? capacity * (long)source.Entry(0).Charge : 1L << 40);
        var table = new CacheTable(byBudget ? capacity * 10 : capacity, budget, new CacheClock(new ManualClock()));
        for (var round = 0; round < 3; round++)
        {
            AskAll(table, source, hot);
        }

        for (var i = 0; i < capacity * 10; i++)
        {
            table.TryAdd(source.Entry(1_000_000 + i));
            if (i % capacity == 0)
            {
                AskAll(table, source, hot);
            }
        }

        var survivors = Enumerable.Range(0, hot).Count(i => source.Find(table, i) is not null);
        Assert.That(survivors, Is.GreaterThan(hot * 99 / 100));
    }

    [Test]
    public void HotName_EvictedTooEarly_ComesBackProven()
    {
        var table = new CacheTable(1024, new CacheBudget(1L << 40), new CacheClock(new ManualClock()));
        var source = new NameSource();
        table.TryAdd(source.Entry(0));
        var next = 1;
        while (source.Find(table, 0) is not null)
        {
            table.TryAdd(source.Entry(next++));
        }

        table.TryAdd(source.Entry(0));

        Assert.That(source.Find(table, 0)!.IsProven, Is.True);
    }

    [Test]
    public void Budget_OfTwoTables_IsTakenFromTheLarger()
    {
        var budget = new CacheBudget(1 * Mebibyte);
        var clock = new CacheClock(new ManualClock());
        var greedy = new CacheTable(1_000_000, budget, clock);
        var modest = new CacheTable(1_000_000, budget, clock);
        var source = new NameSource();
        for (var i = 0; i < 10_000; i++)
        {
            greedy.TryAdd(source.Entry(i));
        }

        for (var i = 0; i < 500; i++)
        {
            modest.TryAdd(source.Entry(i));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That((modest.Count, modest.Evictions), Is.EqualTo((500, 0)));
            Assert.That(greedy.Bytes + modest.Bytes, Is.EqualTo(budget.Used).And.LessThanOrEqualTo(budget.Limit));
        }
    }

    [Test]
    public void Reply_TooLargeForTheBudget_IsNotKept()
    {
        var budget = new CacheBudget(100_000);
        var table = new CacheTable(1024, budget, new CacheClock(new ManualClock()));
        var query = QueryFactory.Ask("a.example.org.", RecordType.TXT);
        query.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.IN, 60, new byte[2000]);

        Assert.That(table.TryAdd(CacheEntry.Of(new CacheKey(query, 0), query.Reply, false, 60, 1, 1)), Is.False);
        Assert.That((budget.Used, table.Count), Is.EqualTo((0, 0)));
    }

    [TestCase(2000, false)]
    [TestCase(200, true)]
    public void Take_OfAReply_SaysWhetherItFoundAPlace(int octets, bool expected)
    {
        var clock = new ManualClock();
        var options = new CacheOptions([DnsName.Root]);
        var store = new CacheStore(options, new CacheBudget(100_000), clock, NullLogger.Instance);
        var writer = new CacheWriter(options, store, new CacheClock(clock));
        var query = QueryFactory.Ask("a.example.org.", RecordType.TXT);
        query.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.TXT, RecordClass.IN, 60, new byte[octets]);

        Assert.That(writer.Take(query, isKept: true, out _), Is.EqualTo(expected));
        Assert.That(store.Success.Count, Is.EqualTo(expected ? 1 : 0));
        Assert.That(writer.Take(query, isKept: false, out _), Is.True, "what is only clamped needs no place");
    }

    [Test]
    public async Task Expired_NobodyAsks_IsSweptAway()
    {
        await using var scene = await CacheScene.StartAsync("cache 30");
        for (var i = 0; i < 2000; i++)
        {
            await scene.AskAsync($"n{i}.example.org.");
        }

        Assert.That(scene.Budget.Used, Is.GreaterThan(400_000));
        scene.Clock.Advance(TimeSpan.FromSeconds(40));

        Assert.That(scene.Budget.Used, Is.Zero);
    }

    [Test]
    public async Task Stop_GivesTheMemoryBack()
    {
        var scene = await CacheScene.StartAsync("cache 30");
        await scene.AskAsync();
        Assert.That(scene.Budget.Used, Is.GreaterThan(0));
        await scene.DisposeAsync();

        Assert.That(scene.Budget.Used, Is.Zero);
    }

    [Test]
    public async Task Reply_AfterTheStop_IsNotKept()
    {
        var scene = await CacheScene.StartAsync("cache 30");
        await scene.DisposeAsync();
        await scene.AskAsync();
        await scene.AskAsync();

        Assert.That((scene.Budget.Used, scene.Asked), Is.EqualTo((0, 2)));
    }

    [Test]
    public void Octets_WithoutALimit_AreAPartOfTheMachines() =>
        Assert.That(
            CacheLimits.OctetsFor(null),
            Is.EqualTo(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4).Within(5).Percent);

    private static void AskAll(CacheTable table, NameSource source, int hot)
    {
        for (var i = 0; i < hot; i++)
        {
            if (source.Find(table, i) is { } entry)
            {
                entry.CountUse();
            }
            else
            {
                table.TryAdd(source.Entry(i));
            }
        }
    }

    /// <summary>Names by number, and entries that hold an address, without a query for each.</summary>
    private sealed class NameSource
    {
        private const ulong Seed = 0xA5F1_52EB_C0D9_4D03;

        private readonly RecordingReplyPath _path = new(
            ClusterDns.Transport.TransportProtocol.Udp,
            System.Net.IPEndPoint.Parse(QueryFactory.Client),
            System.Net.IPEndPoint.Parse(QueryFactory.Server));

        private readonly Query _query = new();
        private readonly byte[] _packet = QueryFactory.Packet("number00.pod.example.org.", RecordType.A);

        public CacheEntry Entry(int number)
        {
            Read(number);
            _query.Reply.AddAddress(Section.Answer, NameParts.Question, 300, [192, 0, 2, 1]);
            return CacheEntry.Of(new CacheKey(_query, Seed), _query.Reply, false, 300, long.MaxValue, long.MaxValue);
        }

        public CacheEntry? Find(CacheTable table, int number)
        {
            Read(number);
            return table.Find(new CacheKey(_query, Seed));
        }

        private void Read(int number)
        {
            // Binary labels are names too.
            BinaryPrimitives.WriteInt32BigEndian(_packet.AsSpan(MessageHeader.Size + 5), number);
            for (var i = 0; i < 4; i++)
            {
                // Away from A to Z, which would fold together with a to z.
                var at = MessageHeader.Size + 5 + i;
                _packet[at - 4] = (byte)(_packet[at] >> 4);
                _packet[at] &= 0x0F;
            }

            _query.Read(_packet, _path);
        }
    }
}
