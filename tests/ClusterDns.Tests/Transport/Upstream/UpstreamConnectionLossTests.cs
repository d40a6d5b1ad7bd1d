using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>Connections that end, or are of no use any more, and what becomes of the queries on them.</summary>
internal sealed class UpstreamConnectionLossTests : UpstreamFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Exchange_ConnectionEndedWhileIdle_CostsNoQuery(bool reset)
    {
        await using var client = Client();
        for (var i = 0; i < 20; i++)
        {
            ExpectAddress(await AskTcp(client));
            if (reset)
            {
                Upstream.ResetConnections();
            }
            else
            {
                Upstream.CloseConnections();
            }
        }

        ExpectAddress(await AskTcp(client));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Exchange_ReusedConnectionEndsWithQueriesInFlight_AsksAgainOnAFreshOne(bool reset)
    {
        Upstream.Script = query => query.Connection == 1 && query.Name != Name
            ? [reset ? new FakeAction.Reset() : new FakeAction.Close()]
            : null;
        Upstream.Add("0.example.org. 30 A 10.0.0.0", "1.example.org. 30 A 10.0.0.1", "2.example.org. 30 A 10.0.0.2");
        await using var client = Client(OneConnection);
        ExpectAddress(await AskTcp(client));

        var replies = await Task.WhenAll(NumberedNames(3).Select(name => AskTcp(client, Packet(name))));

        Assert.That(replies.Select(reply => reply.Addresses.Single()), Is.EqualTo(NumberedNames(3).Select(AddressOf)));
        Assert.That(client.ReadCounters().Retried, Is.Positive);
    }

    [Test]
    public async Task Exchange_ServerThatClosesAfterEveryReply_IsAsked()
    {
        Upstream.Script = query => [new FakeAction.Send(query.FromTable()), new FakeAction.Close()];
        await using var client = Client();

        for (var i = 0; i < 20; i++)
        {
            ExpectAddress(await AskTcp(client));
        }
    }

    [Test]
    public async Task Exchange_FreshConnectionsClosed_IsLostAfterOneTry()
    {
        Upstream.Script = _ => [new FakeAction.Close()];
        await using var client = Client();

        var reply = await AskTcp(client);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.ConnectionLost));
            Assert.That(reply.Error, Is.EqualTo($"read tcp {Upstream.Received[0].Client}->{Upstream.Endpoint}: EOF"));
            Assert.That(Upstream.Received, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Exchange_FreshConnectionReset_SaysSo()
    {
        Upstream.Script = _ => [new FakeAction.Reset()];
        await using var client = Client();

        var reply = await AskTcp(client);

        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.ConnectionLost));
        Assert.That(reply.Error, Is.EqualTo(
            $"read tcp {Upstream.Received[0].Client}->{Upstream.Endpoint}: read: connection reset by peer"));
    }

    [Test]
    public async Task Exchange_RetryLostToo_IsLost()
    {
        Upstream.Script = query => query.Name == Name ? null : [new FakeAction.Close()];
        await using var client = Client();
        ExpectAddress(await AskTcp(client));

        var reply = await AskTcp(client, Packet("0.example.org."));

        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.ConnectionLost));
        Assert.That(Upstream.Received, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Exchange_ConnectionEndsInsideTheReply_IsNotAskedAgain()
    {
        Upstream.Script = query => query.Name == Name
            ? null
            : [new FakeAction.SendRaw(Frame(query.FromTable())[..20]), new FakeAction.Close()];
        await using var client = Client();
        ExpectAddress(await AskTcp(client));

        var reply = await AskTcp(client, Packet("0.example.org."));

        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.ConnectionLost));
        Assert.That(Upstream.Received, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Exchange_SilenceAfterAccept_TimesOutAndTheNextConnectsAnew()
    {
        Upstream.IgnoresConnections = true;
        await using var client = Client();

        var asking = AskTcp(client);
        await Eventually.IsTrue(() => Upstream.OpenConnections == 1, "it connects");
        await Eventually.IsTrue(
            () =>
            {
                Clock.Advance(Timeout);
                return asking.IsCompleted;
            },
            "it times out");
        Upstream.IgnoresConnections = false;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
            Assert.That((await asking).Error, Does.EndWith($"{Upstream.Endpoint}: i/o timeout"));
        }

        ExpectAddress(await AskTcp(client));
        Assert.That(client.ReadCounters().Retried, Is.Zero);
    }

    [Test]
    public async Task Exchange_OneUnansweredAmongOthers_KeepsTheConnection()
    {
        Upstream.Script = query => query.Type == RecordType.AAAA ? [] : null;
        await using var client = Client(OneConnection);
        var unanswered = AskTcp(client, Packet(type: RecordType.AAAA));
        ExpectAddress(await AskTcp(client));

        await TimeOutAfter(2);
        await unanswered;
        ExpectAddress(await AskTcp(client));

        Assert.That(Upstream.AcceptedConnections, Is.EqualTo(1));
    }

    [Test]
    public async Task Exchange_RetiredConnectionStillInUse_TakesNoPlaceOfAnother()
    {
        Upstream.Script = query => query.Connection == 1 ? [] : null;
        await using var client = Client(OneConnection);
        var first = AskTcp(client);
        await Upstream.WaitForQueriesAsync(1);
        Clock.Advance(Timeout / 2);
        var second = AskTcp(client);

        await TimeOutFirst(first);

        ExpectAddress(await AskTcp(client));
        Assert.That((second.IsCompleted, client.ReadCounters().OpenConnections), Is.EqualTo((false, 2)));
        Clock.Advance(Timeout / 2);
        Assert.That((await second).Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));

        async Task TimeOutFirst(Task<Ended> asking)
        {
            await Upstream.WaitForQueriesAsync(2);
            Clock.Advance(Timeout / 2);
            await asking;
        }
    }
}
