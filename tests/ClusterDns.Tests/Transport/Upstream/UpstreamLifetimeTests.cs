using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>When sockets and connections are closed that nobody uses.</summary>
internal sealed class UpstreamLifetimeTests : UpstreamFixture
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Sweep_IdleForExpire_Closes(bool udp)
    {
        await using var client = Client(new UpstreamOptions { UdpSocketAge = TimeSpan.Zero });
        ExpectAddress(await Ask(client, udp));

        Clock.Advance(UpstreamOptions.DefaultExpire - UpstreamOptions.DefaultSweepInterval);
        var before = Open(client);
        Clock.Advance(UpstreamOptions.DefaultSweepInterval);

        Assert.That(before, Is.EqualTo(1));
        await Eventually.IsTrue(() => Open(client) == 0, "idle for too long, it is closed");
        ExpectAddress(await Ask(client, udp));
    }

    [Test]
    public async Task Sweep_InUseAgainAndAgain_KeepsTheConnection()
    {
        await using var client = Client();
        for (var i = 0; i < 10; i++)
        {
            ExpectAddress(await AskTcp(client));
            Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That(client.ReadCounters().ConnectionsOpened, Is.EqualTo(1));
    }

    [Test]
    public async Task Sweep_OlderThanMaxAge_Closes()
    {
        await using var client = Client(new UpstreamOptions { MaxAge = TimeSpan.FromSeconds(12) });
        for (var i = 0; i < 4; i++)
        {
            ExpectAddress(await AskTcp(client));
            Clock.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.That(client.ReadCounters().ConnectionsOpened, Is.EqualTo(2));
    }

    [Test]
    public async Task Sweep_UdpSocketOfItsAge_GetsNoMoreQueriesButItsReply()
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())];
        await using var client = Client(new UpstreamOptions { UdpPorts = 1, UdpSocketAge = TimeSpan.FromSeconds(1) });
        var first = AskUdp(client);
        await Upstream.WaitForQueriesAsync(1);

        Clock.Advance(TimeSpan.FromSeconds(1));
        var second = AskUdp(client);
        var received = await Upstream.WaitForQueriesAsync(2);
        signal.SetResult();

        ExpectAddress(await first);
        ExpectAddress(await second);
        Assert.That(received[0].Client, Is.Not.EqualTo(received[1].Client));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Sweep_MoreIdleThanAllowed_ClosesTheRest(bool udp)
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())];
        await using var client = Client(new UpstreamOptions { MaxIdleConnections = 2, UdpSocketAge = TimeSpan.Zero });
        Task<Ended>[] asking = [.. Enumerable.Range(0, 20).Select(_ => Ask(client, udp))];
        await Upstream.WaitForQueriesAsync(20);
        Clock.Advance(UpstreamOptions.DefaultSweepInterval);
        var whileInUse = Open(client);
        signal.SetResult();
        await Task.WhenAll(asking);

        Clock.Advance(UpstreamOptions.DefaultSweepInterval);

        Assert.That(whileInUse, Is.GreaterThan(2));
        await Eventually.IsTrue(() => Open(client) == 2, "two are left");
    }

    [Test]
    public async Task Sweep_NothingOpen_SetsNoTimer()
    {
        await using var client = Client();
        var atFirst = Clock.PendingTimers;
        ExpectAddress(await AskTcp(client));
        var whileOpen = Clock.PendingTimers;

        Clock.Advance(UpstreamOptions.DefaultExpire);
        await Eventually.IsTrue(() => Open(client) == 0, "it is closed");
        Clock.Advance(UpstreamOptions.DefaultSweepInterval);

        Assert.That((atFirst, whileOpen, Clock.PendingTimers), Is.EqualTo((0, 1, 0)));
    }

    private static int Open(UpstreamClient client) =>
        client.ReadCounters() is var counters ? counters.OpenUdpSockets + counters.OpenConnections : 0;

    private static Task<Ended> Ask(UpstreamClient client, bool udp) => udp ? AskUdp(client) : AskTcp(client);
}
