using System.Net;
using System.Net.Sockets;
using ClusterDns.Plugins.Health;
using ClusterDns.Testing;
using ClusterDns.Tests.Transport;
using ClusterDns.Transport.Udp;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Health;

/// <summary>A listener that is dead turns the page red; one that is only busy does not.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WatchdogTests : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    /// <summary>Bound and never read: what a listener is whose loop has ended.</summary>
    private readonly Socket _deaf = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly LogCapture _log = new();

    public WatchdogTests() => _deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public void Dispose()
    {
        _deaf.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Check_UnansweredThreeTimesInARow_IsDeadAndNotBefore()
    {
        var check = new ListenerCheck((IPEndPoint)_deaf.LocalEndPoint!, () => 0, Short);
        var verdicts = new List<bool>();
        for (var i = 0; i < ListenerCheck.MostFailures; i++)
        {
            await check.AskAsync(CancellationToken.None);
            verdicts.Add(check.IsDead);
        }

        Assert.That(verdicts, Is.EqualTo([false, false, true]));
    }

    [Test]
    public async Task Check_UnansweredByAListenerThatTakesUpOthers_IsNotDead()
    {
        var received = 0;
        var check = new ListenerCheck((IPEndPoint)_deaf.LocalEndPoint!, () => ++received, Short);
        for (var i = 0; i < 2 * ListenerCheck.MostFailures; i++)
        {
            await check.AskAsync(CancellationToken.None);
        }

        Assert.That(check.IsDead, Is.False);
    }

    [Test]
    public async Task Check_OfAListenerWhoseHandlersHang_FindsOutAndSeesItComeBack()
    {
        using var mayGoOn = new ManualResetEventSlim();
        using var listener = UdpListener.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            new DelegateHandler((packet, path) =>
            {
                mayGoOn.Wait(Eventually.Patience);
                DelegateHandler.Answer(packet, path);
            }),
            new UdpOptions { Workers = 1 },
            TimeProvider.System,
            NullLogger.Instance);
        var check = new ListenerCheck(listener.Endpoint, () => listener.ReadCounters().Received, Short);

        // The first query is taken up before its handler hangs.
        for (var i = 0; i <= ListenerCheck.MostFailures; i++)
        {
            await check.AskAsync(CancellationToken.None);
        }

        var wasDead = check.IsDead;
        mayGoOn.Set();
        await Eventually.IsTrue(() => listener.ReadCounters().Received > ListenerCheck.MostFailures, "it goes on");
        await check.AskAsync(CancellationToken.None);
        Assert.That((wasDead, check.IsDead), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Watchdog_ADeadListener_IsAReasonALineAndARedPage()
    {
        var endpoint = (IPEndPoint)_deaf.LocalEndPoint!;
        var received = 0;
        var isBack = false;
        var check = new ListenerCheck(endpoint, () => isBack ? ++received : 0, Short);
        var watchdog = new Watchdog(() => [check], _log.CreateLogger("plugin/health"), TimeProvider.System);
        for (var i = 0; i <= ListenerCheck.MostFailures; i++)
        {
            await watchdog.AskAllAsync();
        }

        Assert.That(watchdog.Reason, Is.EqualTo($"no answer from the listener at {endpoint}"));
        isBack = true;
        await watchdog.AskAllAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(watchdog.Reason, Is.Null);
            Assert.That(_log.Lines, Is.EqualTo(
            [
                $"[Warning] plugin/health: Watchdog: no answer from the listener at {endpoint}",
                "[Warning] plugin/health: Watchdog: all listeners answer",
            ]));
        }
    }

    [Test]
    public async Task Watchdog_ARoundThatThrows_IsFollowedByTheNextOne()
    {
        var clock = new ManualClock();
        var rounds = 0;
        var watchdog = new Watchdog(
            () => ++rounds == 1 ? throw new InvalidOperationException("a bug") : [], _log.CreateLogger("plugin/health"), clock);
        await watchdog.StartAsync();
        clock.Advance(Watchdog.Interval);
        await Eventually.IsTrue(() => _log.Lines.Count == 1, "the fault is told");
        clock.Advance(Watchdog.Interval);
        await Eventually.IsTrue(() => rounds == 2, "it goes on");
        await watchdog.StopAsync();

        Assert.That(_log.Lines, Is.EqualTo(["[Error] plugin/health: the watchdog failed and goes on (0 more since the last such line)"]));
    }

    [Test]
    public async Task Page_WithAWatchdogThatFoundADeadListener_Is503AndSaysWhich()
    {
        var check = new ListenerCheck((IPEndPoint)_deaf.LocalEndPoint!, () => 0, Short);
        var watchdog = new Watchdog(() => [check], NullLogger.Instance, TimeProvider.System);
        var page = new HealthPage(watchdog);
        var well = await ReadAsync(page);
        for (var i = 0; i < ListenerCheck.MostFailures; i++)
        {
            await watchdog.AskAllAsync();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(well, Is.EqualTo((200, "OK")));
            Assert.That(await ReadAsync(page), Is.EqualTo((503, $"no answer from the listener at {_deaf.LocalEndPoint}")));
        }
    }

    // The query is one that a whole server answers, whatever its plugins do.
    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task Check_OfAServerWithoutAPluginThatAnswers_IsAnswered(string address)
    {
        await using var server = await RunningServer.StartAsync($"example.org:0 {{\n bind {address}\n acl {{\n  drop\n }}\n}}");
        var check = new ListenerCheck(server.Endpoint, () => 0, Eventually.Patience);
        for (var i = 0; i < ListenerCheck.MostFailures; i++)
        {
            await check.AskAsync(CancellationToken.None);
        }

        Assert.That(check.IsDead, Is.False);
    }

    /// <summary>
    /// A server whose every query fails is alive, and stays green; one whose listener is gone, in a process that lives, is
    /// not.
    /// </summary>
    [Test]
    public async Task Page_OfAWholeServer_TurnsRedWhenItNoLongerAnswersAndOnlyThen()
    {
        await using var upstream = new FakeUpstream();
        await upstream.StopAsync();
        await using var server = await RunningServer.StartAsync(
            $".:0 {{\n bind 127.0.0.1\n health 127.0.0.1:0 {{\n  watchdog\n }}\n forward . {upstream.Endpoint}\n}}");
        using var http = new HttpClient { Timeout = Eventually.Patience };
        var url = new Uri($"http://{server.PageEndpoint("127.0.0.1:0")}/health");
        var reply = await server.AskUdpAsync(QueryFactory.Packet("www.example.org", RecordType.A));

        // Long enough to have been found dead.
        await Eventually.IsTrue(() => server.Listener.ReceivedByUdp > 2 * ListenerCheck.MostFailures, "the watchdog asks");
        using var whileFailing = await http.GetAsync(url);
        await server.Listener.DisposeAsync();
        await Eventually.IsTrue(() => server.Log.Any(line => line.Contains("Watchdog: no answer", StringComparison.Ordinal)), "it is found dead");
        using var whenGone = await http.GetAsync(url);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)), Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That((int)whileFailing.StatusCode, Is.EqualTo(200));
            Assert.That((int)whenGone.StatusCode, Is.EqualTo(503));
        }
    }

    private static async Task<(int Status, string Text)> ReadAsync(HealthPage page)
    {
        using var body = new MemoryStream();
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext { Response = { Body = body } };
        await page.WriteAsync(context);
        return (context.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
    }
}
