using ClusterDns.Plugins.Forward;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class TargetWatchTests
{
    private readonly FileFolder _folder = new();

    private string File => _folder.PathOf("resolv.conf");

    [OneTimeTearDown]
    public void RemoveFiles() => _folder.Dispose();

    [Test]
    public async Task File_WithNameservers_GivesUpstreamsAndTheirLines()
    {
        await using var fixture = Start("search x\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n", "forward . FILE 10.0.0.3:5353");
        Assert.That(
            fixture.Upstreams.Select(upstream => $"{upstream.Address} {upstream.Named.NamedAt} {upstream.Named.NamedAs}"),
            Is.EqualTo([$"10.0.0.1:53 {File}:2 10.0.0.1", $"10.0.0.2:53 {File}:3 10.0.0.2", "10.0.0.3:5353 Corefile:2 10.0.0.3"]));
    }

    [Test]
    public void File_WithoutNameservers_IsAMistake()
    {
        _folder.Write("resolv.conf", "search example.org\n");
        Assert.That(
            PluginFixture.ErrorOf(ForwardDirective.Descriptor, $"forward . {File}"),
            Is.EqualTo($"Corefile:2 - Error during parsing: no nameservers found in {File}"));
    }

    [Test]
    public async Task File_WithoutNameserversBesideAnAddress_IsPassedOverWithAWarning()
    {
        await using var fixture = Start("", "forward . FILE 10.0.0.3");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log, Is.EqualTo([$"[Warning] plugin/forward: no nameservers found in {File}"]));
            Assert.That(fixture.Upstreams.Select(upstream => upstream.Address), Is.EqualTo(["10.0.0.3:53"]));
        }
    }

    [Test]
    public async Task File_Changed_IsReadAgainAndKeepsWhoStays()
    {
        await using var fixture = Start("nameserver 10.0.0.1\nnameserver 10.0.0.2\n");
        await fixture.StartAsync();
        var (gone, stays) = (fixture[1], fixture.Upstreams[1]);
        var changes = 0;
        fixture.Forward.OnUpstreamsChanged(() => changes++);
        _folder.Write("resolv.conf", "# new\n# lines\nnameserver 10.0.0.2\nnameserver 10.0.0.4\n");
        fixture.Advance(ForwardLimits.FileInterval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Upstreams.Select(upstream => upstream.Address), Is.EqualTo(["10.0.0.2:53", "10.0.0.4:53"]));
            Assert.That(fixture.Upstreams[0], Is.SameAs(stays));
            Assert.That(stays.Named.NamedAt, Is.EqualTo($"{File}:3"));
            Assert.That(changes, Is.EqualTo(1));
            Assert.That(fixture.Log, Is.EqualTo(["[Information] plugin/forward: Upstreams are now 10.0.0.2:53, 10.0.0.4:53"]));
            Assert.That(gone.IsDisposed, Is.False, "a query may still wait for it");
        }

        fixture.Advance(ForwardLimits.QueryBudget);
        Assert.That(gone.IsDisposed, Is.True);
    }

    [Test]
    public async Task File_ChangedWhenSomebodyWhoIsToldThrows_IsReadAgainAllTheSame()
    {
        await using var fixture = Start("nameserver 10.0.0.1\n");
        await fixture.StartAsync();
        var fault = new InvalidOperationException("a bug");
        fixture.Forward.OnUpstreamsChanged(() =>
        {
            if (fault is not null)
            {
                throw fault;
            }
        });
        _folder.Write("resolv.conf", "nameserver 10.0.0.2\n");
        fixture.Advance(ForwardLimits.FileInterval);
        fault = null;
        _folder.Write("resolv.conf", "nameserver 10.0.0.3\n");
        fixture.Advance(ForwardLimits.FileInterval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Upstreams.Select(upstream => upstream.Address), Is.EqualTo(["10.0.0.3:53"]));
            Assert.That(fixture.Log, Has.Some.EqualTo(
                "[Error] plugin/forward: looking at what names upstreams failed and goes on (0 more since the last such line)"));
        }
    }

    [Test]
    public async Task File_ChangedUnderAQuery_LosesNone()
    {
        await using var fixture = Start("nameserver 10.0.0.1\n");
        await fixture.StartAsync();
        fixture[1].Delay = TimeSpan.FromMilliseconds(1900);
        fixture.Advance(ForwardLimits.FileInterval - TimeSpan.FromSeconds(1));
        var asked = fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A));
        _folder.Write("resolv.conf", "nameserver 10.0.0.2\n");
        var answer = await fixture.RunAsync(asked);
        var later = await fixture.AskAsync("example.org");
        Assert.That((answer.Query.Upstream, later.Query.Upstream), Is.EqualTo(("10.0.0.1:53", "10.0.0.2:53")));
    }

    [TestCase("search example.org\n")]
    [TestCase(null)]
    public async Task File_NoLongerGood_KeepsTheUpstreamsAndWarnsOnce(string? text)
    {
        await using var fixture = Start("nameserver 10.0.0.1\n");
        await fixture.StartAsync();
        if (text is null)
        {
            System.IO.File.Delete(File);
        }
        else
        {
            _folder.Write("resolv.conf", text);
        }

        fixture.Advance(10 * ForwardLimits.FileInterval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Upstreams.Select(upstream => upstream.Address), Is.EqualTo(["10.0.0.1:53"]));
            Assert.That(fixture.Log, Has.Count.EqualTo(1));
            Assert.That(fixture.Log[0], Does.StartWith("[Warning] plugin/forward: ").And.EndsWith("; the upstreams known so far stay"));
        }
    }

    [Test]
    public async Task Host_ByAResolver_GivesItsAddresses()
    {
        await using var fixture = new ForwardFixture(
            "forward . dns.example.net:5353 {\n resolver 10.0.0.9\n}", Resolves("10.1.0.2", "10.1.0.1"));
        await fixture.StartAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                fixture.Upstreams.Select(upstream => $"{upstream.Address} {upstream.Named.NamedAt} {upstream.Named.NamedAs}"),
                Is.EqualTo(["10.1.0.1:5353 Corefile:2 dns.example.net", "10.1.0.2:5353 Corefile:2 dns.example.net", "[fd00::1]:5353 Corefile:2 dns.example.net"]));
            Assert.That(fixture[9].Received.Select(query => query.Type), Is.EqualTo(new[] { RecordType.A, RecordType.AAAA }));
        }
    }

    [Test]
    public async Task Host_OverTls_IsTheNameOnTheCertificate()
    {
        await using var fixture = new ForwardFixture("forward . tls://dns.example.net {\n resolver 10.0.0.9\n}", Resolves("10.1.0.1"));
        await fixture.StartAsync();
        Assert.That(fixture.Upstreams[0].Named.ServerName, Is.EqualTo("dns.example.net"));
    }

    [Test]
    public async Task Host_WithoutAddress_CannotStart()
    {
        await using var fixture = new ForwardFixture(
            "forward . dns.example.net {\n resolver 10.0.0.9\n}", exchange => exchange.Reply = query => query.Fail(ResponseCode.NameError));
        Assert.That(
            fixture.StartAsync,
            Throws.TypeOf<StartException>().With.Message.EqualTo(
                "plugin/forward: Corefile:2 names the host dns.example.net, and no address of it can be found"));
    }

    [Test]
    public async Task Host_ThatMoves_IsFoundAgainAndKeptWhenNobodyKnowsIt()
    {
        await using var fixture = new ForwardFixture("forward . dns.example.net {\n resolver 10.0.0.9\n}", Resolves("10.1.0.1"));
        await fixture.StartAsync();
        Resolves("10.1.0.7")(fixture[9]);
        fixture.Advance(ForwardLimits.HostInterval);
        var moved = fixture.Upstreams[0].Address;
        fixture[9].Failure = ClusterDns.Transport.Upstream.UpstreamOutcome.Unreachable;
        fixture.Advance(10 * ForwardLimits.HostInterval);
        Assert.That((moved, fixture.Upstreams[0].Address), Is.EqualTo(("10.1.0.7:53", "10.1.0.7:53")));
    }

    [Test]
    public async Task Host_AllResolversInTurn_UntilOneKnowsIt()
    {
        await using var fixture = new ForwardFixture("forward . dns.example.net {\n resolver 10.0.0.8 10.0.0.9\n}", Resolves("10.1.0.1"));
        fixture[8].Failure = ClusterDns.Transport.Upstream.UpstreamOutcome.TimedOut;
        await fixture.StartAsync();
        Assert.That((fixture[8].Received.Count, fixture.Upstreams[0].Address), Is.EqualTo((2, "10.1.0.1:53")));
    }

    [Test]
    public async Task Host_OfTheSystem_IsResolved()
    {
        await using var fixture = new ForwardFixture("forward . localhost:5353");
        await fixture.StartAsync();
        Assert.That(fixture.Upstreams.Select(upstream => upstream.Address), Has.Some.EqualTo("127.0.0.1:5353").Or.Some.EqualTo("[::1]:5353"));
    }

    [Test]
    public async Task Stop_WhileWatching_LeavesNoTimer()
    {
        await using var fixture = Start("nameserver 10.0.0.1\n");
        await fixture.StartAsync();
        var before = fixture.Clock.PendingTimers;
        await fixture.StopAsync();
        Assert.That((before, fixture.Clock.PendingTimers), Is.EqualTo((1, 0)));
    }

    private static Action<ScriptedExchange> Resolves(params string[] addresses) => exchange => exchange.Reply = query =>
        query.Type == RecordType.AAAA
            ? query.Answer(addresses.Length > 1 ? ["dns.example.net. 5 AAAA fd00::1"] : [])
            : query.Answer(["dns.example.net. 5 CNAME real.example.net.", .. addresses.Select(address => $"real.example.net. 5 A {address}")]);

    private ForwardFixture Start(string text, string line = "forward . FILE")
    {
        _folder.Write("resolv.conf", text);
        return new ForwardFixture(line.Replace("FILE", File));
    }
}
