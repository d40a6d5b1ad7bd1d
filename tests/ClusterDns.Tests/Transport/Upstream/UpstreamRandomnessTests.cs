using System.Globalization;
using System.Security.Cryptography;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>What an attacker would have to guess.</summary>
internal sealed class UpstreamRandomnessTests : UpstreamFixture
{
    private const int Ids = 1 << 16;

    [Test]
    public async Task Exchange_TwentyThousand_IdsAreSpreadByChance()
    {
        var ids = (await AskManyAsync(new UpstreamOptions(), 20_000)).Select(query => (int)query.Id).ToList();

        ExpectChance(ids, Ids);
    }

    [Test]
    public async Task Exchange_ManyPorts_TheyAreSpreadByChance()
    {
        var (lowest, count) = PortRange();
        var asked = await AskManyAsync(new UpstreamOptions { QueriesPerUdpSocket = 1 }, 5_000);

        ExpectChance([.. asked.Select(query => query.Client.Port - lowest)], count);
    }

    [Test]
    public async Task Exchange_OneAfterTheOther_LeavesFromAnotherPortMostly()
    {
        const int Queries = 4_000;
        var ports = (await AskManyAsync(new UpstreamOptions(), Queries)).Select(query => query.Client.Port).ToList();

        var repeats = ports.Zip(ports.Skip(1)).Count(pair => pair.First == pair.Second);
        var expected = Queries / UpstreamOptions.DefaultUdpPorts;
        Assert.That(repeats, Is.InRange(expected / 2, expected * 2));
        Assert.That(ports.Distinct().Count(), Is.GreaterThan(Queries / UpstreamOptions.DefaultQueriesPerUdpSocket));
    }

    /// <summary>
    /// All 65,536 ids, and each with the one before it: with a million of them chance leaves little room for a generator
    /// that prefers some, or that tells by one what the next will be.
    /// </summary>
    [Test]
    public void Random_AMillionIds_AreEvenAndSayNothingOfTheNextOnes()
    {
        const int Million = 1_000_000;
        var random = new UpstreamRandom();
        var ids = new int[Million];
        foreach (ref var id in ids.AsSpan())
        {
            id = (ushort)random.Next();
        }

        ExpectNoPattern(ids, Ids);
    }

    [Test]
    public void Random_AMillionPorts_AreEvenAndSayNothingOfTheNextOnes()
    {
        const int Million = 1_000_000;
        var random = new UpstreamRandom();
        var ports = new int[Million];
        foreach (ref var port in ports.AsSpan())
        {
            port = (int)(random.Next() % UpstreamOptions.DefaultUdpPorts);
        }

        ExpectNoPattern(ports, UpstreamOptions.DefaultUdpPorts);
    }

    /// <summary>What really leaves: ids and ports of many queries at once, as a server sends them.</summary>
    [Test]
    public async Task Exchange_AMillion_IdsAndPortsAreSpreadByChance()
    {
        const int Million = 1_000_000;
        const int AtOnce = 64;
        using var echo = new EchoUpstream(Million);
        await using var client = new UpstreamClient(
            new UpstreamTarget(echo.Endpoint), new UpstreamOptions { MaxUdpSockets = 1024 }, TimeProvider.System);
        var query = Packet();
        var asked = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            // On the pool: a test's own context is a single thread.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            while (Interlocked.Increment(ref asked) <= Million)
            {
                using var reply = await client.ExchangeAsync(query, ClusterDns.Transport.TransportProtocol.Udp, Timeout, default).ConfigureAwait(false);
            }
        }));

        var (lowest, count) = PortRange();
        int[] fresh = [.. echo.Ports.Distinct()];
        await TestContext.Out.WriteLineAsync($"{echo.Ids.Count} queries from {fresh.Length} ports");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(echo.Ids, Has.Count.GreaterThan(Million * 99 / 100));
            Assert.That(Math.Abs(ChiSquare.Deviations(echo.Ids, Ids)), Is.LessThan(ChiSquare.MostDeviations));
            Assert.That(
                Math.Abs(ChiSquare.Deviations(echo.Ids.Zip(echo.Ids.Skip(1), (one, next) => (next - one + Ids) % Ids / 16), Ids / 16)),
                Is.LessThan(ChiSquare.MostDeviations));
            Assert.That(ChiSquare.Of([.. echo.OpenedPorts.Select(port => port - lowest)], count), Is.LessThan(ChiSquare.Limit));
        }
    }

    [Test]
    public void Deviations_CounterOrConstantOrBias_AreFarBeyondTheLimit()
    {
        int[] counter = [.. Enumerable.Range(0, 1_000_000).Select(value => value % Ids)];
        var drawn = RandomNumberGenerator.GetBytes(2_000_000);
        int[] biased = [.. counter.Select((_, i) => (drawn[2 * i] << 8) | drawn[(2 * i) + 1]).Select(id => id % 50 == 0 ? id & 0xFF00 : id)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChiSquare.Deviations(counter, Ids), Is.LessThan(-ChiSquare.MostDeviations), "too even");
            Assert.That(ChiSquare.Deviations(biased, Ids), Is.GreaterThan(ChiSquare.MostDeviations), "two in a hundred are not random");
            Assert.That(ChiSquare.Deviations(Pairs(counter, Ids), 256 * 256), Is.GreaterThan(ChiSquare.MostDeviations), "each tells the next");
        }
    }

    [Test]
    public void ChiSquare_CounterOrConstant_IsFarBeyondTheLimit()
    {
        int[] constant = [.. Enumerable.Repeat(4711, 20_000)];
        int[] counter = [.. Enumerable.Range(60_000, 20_000).Select(value => value % Ids)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChiSquare.Of(constant, Ids), Is.GreaterThan(10 * ChiSquare.Limit));
            Assert.That(ChiSquare.Of(counter, Ids), Is.GreaterThan(10 * ChiSquare.Limit));
            Assert.That(ChiSquare.OfSteps(counter, Ids), Is.GreaterThan(10 * ChiSquare.Limit));
        }
    }

    private static void ExpectNoPattern(int[] values, int range)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Math.Abs(ChiSquare.Deviations(values, range)), Is.LessThan(ChiSquare.MostDeviations), "even");
            Assert.That(
                Math.Abs(ChiSquare.Deviations(Pairs(values, range), Math.Min(256, range) * Math.Min(256, range))),
                Is.LessThan(ChiSquare.MostDeviations),
                "each with the next");
        }
    }

    /// <summary>Each value with the next, as a square of at most 256 by 256 buckets; no value is in two pairs.</summary>
    private static IEnumerable<int> Pairs(int[] values, int range)
    {
        var side = Math.Min(256, range);
        for (var i = 0; i + 1 < values.Length; i += 2)
        {
            yield return (values[i] * side / range * side) + (values[i + 1] * side / range);
        }
    }

    private static void ExpectChance(IReadOnlyList<int> values, int range)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChiSquare.Of(values, range), Is.LessThan(ChiSquare.Limit));
            Assert.That(ChiSquare.OfSteps(values, range), Is.LessThan(ChiSquare.Limit));
        }
    }

    /// <summary>The kernel's own: lowest, and how many.</summary>
    private static (int Lowest, int Count) PortRange()
    {
        var numbers = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var lowest = int.Parse(numbers[0], CultureInfo.InvariantCulture);
        return (lowest, int.Parse(numbers[1], CultureInfo.InvariantCulture) - lowest + 1);
    }

    /// <summary>One after the other, so that the order is that in which they were sent.</summary>
    private async Task<IReadOnlyList<FakeQuery>> AskManyAsync(UpstreamOptions options, int count)
    {
        await using var client = Client(options);
        var query = Packet();
        for (var i = 0; i < count; i++)
        {
            using var reply = await client.ExchangeAsync(query, ClusterDns.Transport.TransportProtocol.Udp, Timeout, default);
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.Answered), reply.Error);
        }

        return Upstream.Received;
    }
}
