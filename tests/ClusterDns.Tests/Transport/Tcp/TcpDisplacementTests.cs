using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Native;
using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>More connections than there may be: who has to go, and who stays.</summary>
internal sealed class TcpDisplacementTests : TcpListenerFixture
{
    private static readonly IPAddress One = IPAddress.Parse("127.0.0.1");
    private static readonly IPAddress Two = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Three = IPAddress.Parse("127.0.0.3");

    [Test]
    public async Task Connection_BeyondTheTotal_TakesThePlaceOfTheLongestIdle()
    {
        using var log = new LogCapture();
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnections = 2 }, logger: log.CreateLogger("tcp"));
        using var first = new TcpTestClient(listener.Endpoint, One);
        using var second = new TcpTestClient(listener.Endpoint, Two);
        first.Ask("1"u8);
        second.Ask("2"u8);
        await ExpectNothingBorrowed(listener);
        first.Ask("1"u8);

        using var third = new TcpTestClient(listener.Endpoint, Three);
        third.Ask("3"u8);

        second.ExpectEnd();
        first.Ask("1"u8);
        var counters = listener.ReadCounters();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((counters.DisplacedByTotal, counters.RefusedByTotal, counters.Accepted), Is.EqualTo((1, 0, 3)));
            Assert.That(log.CountOf("closed an idle connection of 127.0.0.2"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Connection_BeyondTheTotal_DisplacesOneThatNeverAskedBeforeOneThatDid()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnections = 2 });
        using var useful = new TcpTestClient(listener.Endpoint, One);
        useful.Ask("1"u8);
        using var silent = new TcpTestClient(listener.Endpoint, Two);
        await Eventually.IsTrue(() => listener.ReadCounters().Open == 2, "both are in");

        using var third = new TcpTestClient(listener.Endpoint, Three);

        silent.ExpectEnd();
        useful.Ask("1"u8);
        third.Ask("3"u8);
    }

    [TestCase(8, false)]
    [TestCase(10, true)]
    public async Task Connection_BeyondTheTotal_DisplacesTheAddressWhoseTimeTimesItsConnectionsIsMost(int timesAsIdle, bool isDisplaced)
    {
        var time = new ManualTime();
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnections = 10 }, time: time);
        using var modest = new TcpTestClient(listener.Endpoint, One);
        modest.Ask("1"u8);
        await ExpectNothingBorrowed(listener);
        time.Advance((timesAsIdle - 1) * Short);
        using var greedy = new Clients(listener.Endpoint, Two, 9);
        greedy.Each(client => client.Ask("2"u8));
        await ExpectNothingBorrowed(listener);

        // The time of nine connections counts nine times.
        time.Advance(Short);
        using var newcomer = new TcpTestClient(listener.Endpoint, Three);
        newcomer.Ask("3"u8);

        if (isDisplaced)
        {
            modest.ExpectEnd();
        }
        else
        {
            modest.Ask("1"u8);
        }

        Assert.That(listener.ReadCounters().DisplacedByTotal, Is.EqualTo(1));
    }

    [Test]
    public async Task Connection_OfTheAddressWithMost_DisplacesOneOfItsOwn()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnections = 10 });
        using var modest = new TcpTestClient(listener.Endpoint, One);
        modest.Ask("1"u8);
        using var greedy = new Clients(listener.Endpoint, Two, 9 + 50);
        await Eventually.IsTrue(() => listener.ReadCounters() is { Accepted: 60, Open: 10 }, "all have knocked");

        modest.Ask("1"u8);
        Assert.That(listener.ReadCounters().DisplacedByTotal, Is.EqualTo(50));
    }

    [Test]
    public async Task Connection_WhenAllWaitForAnswers_IsRefusedUntilOneIsIdle()
    {
        using var log = new LogCapture();
        using var detached = new BlockingQueue<ReplyPath>();
        await using var listener = Start(
            new DelegateHandler((_, path) => detached.Add(path.Detach())),
            Options with { MaxConnections = 2 },
            logger: log.CreateLogger("tcp"));
        using var first = new TcpTestClient(listener.Endpoint, One);
        using var second = new TcpTestClient(listener.Endpoint, Two);
        first.Send("1"u8);
        var one = detached.Take();
        second.Send("2"u8);
        var two = detached.Take();

        for (var i = 0; i < 5; i++)
        {
            using var third = new TcpTestClient(listener.Endpoint, Three);
            third.ExpectEnd();
        }

        DelegateHandler.Answer("1"u8, one);
        first.Receive();
        using var fourth = new TcpTestClient(listener.Endpoint, Three);
        fourth.Send("4"u8);
        DelegateHandler.Answer("4"u8, detached.Take());
        fourth.Receive();
        DelegateHandler.Answer("2"u8, two);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Receive(), Is.EqualTo("2"u8.ToArray()), "who waits for an answer gets it");
            Assert.That(listener.ReadCounters().RefusedByTotal, Is.EqualTo(5));
            Assert.That(log.CountOf("refused a connection"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Connection_BeyondItsAddressesShare_TakesThePlaceOfTheAddressesLongestIdle()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnectionsPerAddress = 2 });
        using var other = new TcpTestClient(listener.Endpoint, Two);
        other.Ask("other"u8);
        using var first = new TcpTestClient(listener.Endpoint, One);
        first.Ask("1"u8);
        await ExpectNothingBorrowed(listener);
        using var second = new TcpTestClient(listener.Endpoint, One);
        second.Ask("2"u8);

        using var third = new TcpTestClient(listener.Endpoint, One);
        third.Ask("3"u8);

        first.ExpectEnd();
        second.Ask("2"u8);
        other.Ask("other"u8);
        var counters = listener.ReadCounters();
        Assert.That((counters.DisplacedByAddress, counters.DisplacedByTotal, counters.RefusedByAddress), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public async Task Connections_ThatCameAndWent_AreAllCounted()
    {
        await using var listener = Start(DelegateHandler.Echo, Options with { MaxConnections = 3 });
        using (var many = new Clients(listener.Endpoint, One, 20))
        {
            await Eventually.IsTrue(() => listener.ReadCounters().Accepted == 20, "all are accepted");
        }

        await Eventually.IsTrue(() => listener.ReadCounters() is { Open: 0, Ended: 20 }, "all are gone");
        Assert.That(listener.ReadCounters().DisplacedByTotal, Is.EqualTo(17));
    }

    [TestCase("Max open files            1024                 524288               files     ", 1024)]
    [TestCase("Max open files            unlimited            unlimited            files     ", null)]
    [TestCase("Max processes             7                    7                    processes ", null)]
    public void DescriptorLimit_OfALineOfProc_IsTheSoftOne(string line, int? expected) =>
        Assert.That(DescriptorLimit.Parse(["Limit                     Soft Limit           Hard Limit           Units     ", line]), Is.EqualTo(expected));

    [TestCase(null, 10_000)]
    [TestCase(1_048_576, 10_000)]
    [TestCase(1024, 256)]
    [TestCase(3, 1)]
    public void Options_WithFewDescriptors_AllowFewerConnections(int? descriptors, int expected) =>
        Assert.That(new TcpOptions().Within(descriptors).MaxConnections, Is.EqualTo(expected));

    /// <summary>Many connections of one address.</summary>
    private sealed class Clients(IPEndPoint server, IPAddress local, int count) : IDisposable
    {
        private readonly List<TcpTestClient> _all = [.. Enumerable.Range(0, count).Select(_ => new TcpTestClient(server, local))];

        public void Each(Action<TcpTestClient> action) => _all.ForEach(action);

        public void Dispose() => Each(client => client.Dispose());
    }
}
