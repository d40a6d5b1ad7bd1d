using System.Globalization;
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
