using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class UpstreamUdpTests : UpstreamFixture
{
    [Test]
    public async Task Exchange_Answered_GivesTheReplyAndLeavesTheQueryAlone()
    {
        await using var client = Client();
        var query = Packet(udpSize: 1232);

        var reply = await AskUdp(client, query);

        ExpectAddress(reply);
        var received = Upstream.Received.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(query, Is.EqualTo(Packet(udpSize: 1232)));
            Assert.That(received.Message[2..], Is.EqualTo(query[2..]), "all but the id is sent as it is, letter case too");
            Assert.That(received.Protocol, Is.EqualTo(FakeProtocol.Udp));
            Assert.That(MessageHeader.Id(reply.Message), Is.EqualTo(received.Id));
            Assert.That(reply.Fields.Edns.IsPresent, Is.True);
            Assert.That(reply.Error, Is.Null);
        }
    }

    [Test]
    public async Task Exchange_OverIPv6_IsAnswered()
    {
        await using var upstream = new FakeUpstream(IPAddress.IPv6Loopback, Record);
        await using var client = new UpstreamClient(new UpstreamTarget(upstream.Endpoint), new UpstreamOptions(), Clock);

        ExpectAddress(await AskUdp(client));
    }

    [Test]
    public async Task Exchange_ReplyWithoutOpt_IsAnswered()
    {
        Upstream.Script = query => [new FakeAction.Send((query with { Message = [.. Packet().WithId(query.Id)] }).Answer(Record))];
        await using var client = Client();

        var reply = await AskUdp(client, Packet(udpSize: 1232));

        ExpectAddress(reply);
        Assert.That(reply.Fields.Edns.IsPresent, Is.False);
    }

    [Test]
    public async Task Exchange_ReplyLongerThanExpected_CountsAsTruncated()
    {
        Upstream.Script = query => [new FakeAction.Send(query.Answer().Enlarged(UpstreamOptions.DefaultUdpReplySize + 1))];
        await using var client = Client();

        var reply = await AskUdp(client);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.Answered));
            Assert.That(reply.Fields.IsTruncated, Is.True);
            Assert.That(reply.Fields.HasQuestion, Is.True);
            Assert.That(MessageHeader.AnswerCount(reply.Message), Is.Zero);
            Assert.That(client.ReadCounters().Cut, Is.EqualTo(1));
        }
    }

    [TestCase(UpstreamOptions.DefaultUdpReplySize, null)]
    [TestCase(60_000, (ushort)65_535)]
    public async Task Exchange_ReplyAsLongAsAllowed_ComesWhole(int size, ushort? udpSize)
    {
        Upstream.Script = query => [new FakeAction.Send((query with { Message = [.. Packet().WithId(query.Id)] }).Answer().Enlarged(size))];
        await using var client = Client();

        var reply = await AskUdp(client, Packet(udpSize: udpSize));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Message, Has.Length.EqualTo(size));
            Assert.That(reply.Fields.IsTruncated, Is.False);
        }
    }

    [Test]
    public async Task Exchange_Truncated_IsPassedOn()
    {
        Upstream.Script = query => [new FakeAction.Send(query.Truncated())];
        await using var client = Client();

        Assert.That((await AskUdp(client)).Fields.IsTruncated, Is.True);
    }

    [Test]
    public async Task Exchange_Silence_TimesOut()
    {
        Upstream.Script = _ => [];
        await using var client = Client();

        var asking = AskUdp(client);
        await TimeOutAfter(1);

        var reply = await asking;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
            Assert.That(reply.Error, Is.EqualTo($"read udp {Upstream.Received[0].Client}->{Upstream.Endpoint}: i/o timeout"));
            Assert.That(client.ReadCounters().InFlight, Is.Zero);
        }
    }

    [Test]
    public async Task Exchange_NotYetTimedOut_GoesOnWaiting()
    {
        var signal = new TaskCompletionSource();
        Upstream.Script = query => [new FakeAction.WaitFor(signal.Task), new FakeAction.Send(query.FromTable())];
        await using var client = Client();

        var asking = AskUdp(client);
        await Upstream.WaitForQueriesAsync(1);
        Clock.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        signal.SetResult();

        ExpectAddress(await asking);
    }

    [Test]
    public async Task Exchange_TimeoutOnTheSystemsClock_TakesThatLong()
    {
        Upstream.Script = _ => [];
        await using var client = Client(time: TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();

        using var reply = await client.ExchangeAsync(Packet(), TransportProtocol.Udp, TimeSpan.FromMilliseconds(50), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50)));
        }
    }

    [Test]
    public async Task Exchange_NobodyListens_IsUnreachableAtOnce()
    {
        await using var client = Client();
        await Upstream.StopAsync();

        var reply = await AskUdp(client);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
            Assert.That(reply.Error, Does.Match(
                $@"^read udp 127\.0\.0\.1:\d+->{Regex.Escape(Upstream.Endpoint.ToString())}: read: connection refused$"));
        }
    }

    [Test]
    public async Task Exchange_ServerBackAfterRefusing_IsAnswered()
    {
        await using var client = Client(new UpstreamOptions { UdpPorts = 1 });
        ExpectAddress(await AskUdp(client));
        await Upstream.StopAsync();
        await AskUdp(client);
        Upstream.Start();

        ExpectAddress(await AskUdp(client));
    }

    [Test]
    public async Task Exchange_Cancelled_EndsAtOnce()
    {
        Upstream.Script = _ => [];
        await using var client = Client();
        using var cancellation = new CancellationTokenSource();

        var asking = AskUdp(client, cancellation: cancellation.Token);
        await Upstream.WaitForQueriesAsync(1);
        await cancellation.CancelAsync();

        Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.Cancelled));
        Assert.That((await AskUdp(client, cancellation: cancellation.Token)).Outcome, Is.EqualTo(UpstreamOutcome.Cancelled));
        Assert.That(Upstream.Received, Has.Count.EqualTo(1), "nothing is sent for somebody who has gone");
    }

    [Test]
    public async Task Exchange_MoreInFlightThanAllowed_IsBusy()
    {
        Upstream.Script = _ => [];
        await using var client = Client(new UpstreamOptions { UdpPorts = 1, MaxUdpSockets = 2, QueriesPerUdpSocket = 3 });

        Task<Ended>[] asking = [.. Enumerable.Range(0, 6).Select(_ => AskUdp(client))];
        var refused = await AskUdp(client);
        await TimeOutAfter(6);
        await Task.WhenAll(asking);
        Upstream.Script = null;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Outcome, Is.EqualTo(UpstreamOutcome.Busy));
            Assert.That(refused.Error, Is.EqualTo($"dial udp {Upstream.Endpoint}: too many queries in flight"));
            Assert.That(asking.Select(task => task.Result.Outcome), Is.All.EqualTo(UpstreamOutcome.TimedOut));
        }

        await Eventually.IsTrue(() => client.ReadCounters().OpenUdpSockets == 0, "both are used up and closed");
        ExpectAddress(await AskUdp(client));
    }

    [Test]
    public async Task Exchange_SourceAddress_IsWhereQueriesComeFrom()
    {
        await using var client = Client(new UpstreamOptions { SourceAddress = IPAddress.Parse("127.0.0.7") });

        ExpectAddress(await AskUdp(client));
        ExpectAddress(await AskTcp(client));

        Assert.That(Upstream.Received.Select(query => query.Client.Address.ToString()), Is.All.EqualTo("127.0.0.7"));
    }

    [Test]
    public async Task Exchange_SourceAddressOfSomebodyElse_IsUnreachable()
    {
        await using var client = Client(new UpstreamOptions { SourceAddress = IPAddress.Parse("192.0.2.77") });

        var udp = await AskUdp(client);
        var tcp = await AskTcp(client);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(udp.Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
            Assert.That(udp.Error, Is.EqualTo($"dial udp 192.0.2.77:0->{Upstream.Endpoint}: bind: cannot assign requested address"));
            Assert.That(tcp.Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
            Assert.That(tcp.Error, Is.EqualTo($"dial tcp 192.0.2.77:0->{Upstream.Endpoint}: bind: cannot assign requested address"));
        }
    }

    [Test]
    public async Task Exchange_SourceAddressOfAnotherFamily_IsUnreachable()
    {
        await using var client = Client(new UpstreamOptions { SourceAddress = IPAddress.IPv6Loopback });

        Assert.That((await AskUdp(client)).Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
        Assert.That((await AskTcp(client)).Outcome, Is.EqualTo(UpstreamOutcome.Unreachable));
    }

    [Test]
    public async Task Exchange_ThousandAtOnce_EachGetsItsOwnAnswer()
    {
        Upstream.Script = query => [new FakeAction.Send(query.Answer($"{query.Name} 30 A {AddressOf(query.Name)}"))];
        await using var client = Client(time: TimeProvider.System);

        var replies = await Task.WhenAll(NumberedNames(1000).Select(name => AskUdp(client, Packet(name))));

        Assert.That(replies.Select(reply => reply.Addresses.Single()), Is.EqualTo(NumberedNames(1000).Select(AddressOf)));
    }

    [Test]
    public async Task Exchange_ShareOfASocketUsedUp_LeavesFromAnotherPort()
    {
        await using var client = Client(new UpstreamOptions { UdpPorts = 1, QueriesPerUdpSocket = 3 });

        for (var i = 0; i < 6; i++)
        {
            ExpectAddress(await AskUdp(client));
        }

        var uses = Upstream.Received.GroupBy(query => query.Client.Port).Select(port => port.Count());
        Assert.That(uses, Is.EqualTo(new[] { 3, 3 }));
        await Eventually.IsTrue(() => client.ReadCounters().OpenUdpSockets == 0, "used up and idle, they are closed");
    }

    [Test]
    public async Task Exchange_SecondOverASocket_SaysThatItWasOpen()
    {
        await using var client = Client(new UpstreamOptions { UdpPorts = 1 });

        var first = await AskUdp(client);
        var second = await AskUdp(client);

        Assert.That((first.IsReused, second.IsReused), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Dispose_QueriesInFlight_CompletesThemAndFreesThePorts()
    {
        Upstream.Script = _ => [];
        var client = Client();
        Task<Ended>[] asking = [.. Enumerable.Range(0, 20).Select(_ => AskUdp(client))];
        var received = await Upstream.WaitForQueriesAsync(20);

        await client.DisposeAsync();

        var counters = client.ReadCounters();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Task.WhenAll(asking)).Select(reply => reply.Outcome), Is.All.EqualTo(UpstreamOutcome.Cancelled));
            Assert.That((counters.OpenUdpSockets, counters.InFlight), Is.EqualTo((0, 0)));
            Assert.That((await AskUdp(client)).Outcome, Is.EqualTo(UpstreamOutcome.Cancelled));
        }

        foreach (var query in received.DistinctBy(query => query.Client.Port))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            Assert.That(() => socket.Bind(query.Client), Throws.Nothing, "the port is free");
        }
    }

    [Test]
    public void Exchange_NoQuestion_IsABugOfTheCaller() =>
        Assert.That(
            () => Client().ExchangeAsync(new byte[MessageHeader.Size], TransportProtocol.Udp, Timeout, default).AsTask(),
            Throws.ArgumentException);
}
