using ClusterDns.Plugins.Errors;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Errors;

[TestFixture]
internal sealed class ErrorsPluginTests
{
    private const string Timeout = "read udp 10.244.0.3:4242->10.0.0.2:53: i/o timeout";
    private const string TimeoutLine = $"[Error] plugin/errors: 2 example.org. A: {Timeout}";
    private const string Consolidate = "errors {\n consolidate 5m \".* i/o timeout$\" warning\n}";
    private const string ShowFirst = "errors {\n consolidate 30s timeout$ warning show_first\n}";

    [Test]
    public async Task Failure_WithError_IsOneLineWithNumberNameTypeAndText()
    {
        await using var fixture = Errors("errors");
        var result = Fail(fixture, Timeout, "EXAMPLE.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log.Lines, Is.EqualTo([TimeoutLine]));
            Assert.That(result, Is.EqualTo(ServeResult.Failed(ResponseCode.ServerFailure)));
        }
    }

    [Test]
    public async Task Answer_WithError_HasTheRcodeOfTheAnswer()
    {
        await using var fixture = Errors("errors");
        fixture.Rest = query =>
        {
            query.Reply.Code = ResponseCode.NameError;
            query.Error = "half of it is missing";
            return ServeResult.Answered;
        };
        fixture.Ask(QueryFactory.Ask("a.example.org", RecordType.AAAA));

        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Error] plugin/errors: 3 a.example.org. AAAA: half of it is missing"]));
    }

    [Test]
    public async Task Failure_LaterOn_IsLoggedToo()
    {
        await using var fixture = Errors("errors");
        var later = new TaskCompletionSource<ServeResult>();
        var chain = PluginChain.Build([.. fixture.Block.Plugins, new StubPlugin(_ => new ValueTask<ServeResult>(later.Task))]);
        var query = QueryFactory.Ask("example.org", RecordType.A);
        var pending = chain.ServeAsync(query);
        later.SetResult(query.Fail(ResponseCode.ServerFailure, Timeout));
        await pending;

        Assert.That(fixture.Log.Lines, Is.EqualTo([TimeoutLine]));
    }

    [Test]
    public async Task Failure_WithoutError_IsNotWorthALine()
    {
        await using var fixture = Errors("errors");
        fixture.Rest = _ => ServeResult.Failed(ResponseCode.Refused);
        fixture.Ask(QueryFactory.Ask("example.org", RecordType.A));

        Assert.That(fixture.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task Consolidated_ManyErrors_AreOneLineWhenThePeriodEnds()
    {
        await using var fixture = Errors(Consolidate);
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromMinutes(4));
        Fail(fixture, Timeout);
        Fail(fixture, Timeout);
        var before = fixture.Log.Lines;
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(
                fixture.Log.Lines,
                Is.EqualTo(["[Warning] plugin/errors: 3 errors like '.* i/o timeout$' occurred in last 5m0s"]));
        }
    }

    [Test]
    public async Task Consolidated_NextErrorAfterThePeriod_BeginsAnother()
    {
        await using var fixture = Errors(Consolidate);
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromMinutes(20));
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That(fixture.Log.Lines, Has.Exactly(2).Contains("1 errors like"));
    }

    [Test]
    public async Task Consolidated_OtherError_IsLoggedAtOnce()
    {
        await using var fixture = Errors(Consolidate);
        Fail(fixture, "no healthy proxies");

        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Error] plugin/errors: 2 example.org. A: no healthy proxies"]));
    }

    [Test]
    public async Task Consolidated_TwoPatternsMatch_FirstOneCounts()
    {
        await using var fixture = Errors("errors {\n consolidate 1m read info\n consolidate 1m timeout\n}");
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Information] plugin/errors: 1 errors like 'read' occurred in last 1m0s"]));
    }

    [Test]
    public async Task ShowFirst_SeveralErrors_FirstAtOnceThenTheirNumber()
    {
        await using var fixture = Errors(ShowFirst);
        Fail(fixture, Timeout);
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(
            fixture.Log.Lines,
            Is.EqualTo(
            [
                $"[Warning] plugin/errors: 2 example.org. A: {Timeout}",
                "[Warning] plugin/errors: 2 errors like 'timeout$' occurred in last 30s",
            ]));
    }

    [Test]
    public async Task ShowFirst_OneError_IsNotToldTwice()
    {
        await using var fixture = Errors(ShowFirst);
        Fail(fixture, Timeout);
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(fixture.Log.Lines, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Stop_ErrorsCounted_AreToldAndLaterOnesLoggedSingly()
    {
        await using var fixture = Errors(Consolidate);
        Fail(fixture, Timeout);
        await fixture.StopAsync();
        Fail(fixture, Timeout);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log.Lines[0], Does.Contain("1 errors like"));
            Assert.That(fixture.Log.Lines[1], Is.EqualTo(TimeoutLine));
            Assert.That(fixture.Clock.PendingTimers, Is.Zero);
        }
    }

    [Test]
    public async Task Answer_WithoutError_AllocatesNothing()
    {
        await using var fixture = Errors(Consolidate);
        var query = QueryFactory.Ask("example.org", RecordType.A);
        var chain = fixture.Chain();

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    private static PluginFixture Errors(string lines) => new(ErrorsDirective.Descriptor, lines);

    private static ServeResult Fail(PluginFixture fixture, string error, string name = "example.org")
    {
        fixture.Rest = query => query.Fail(ResponseCode.ServerFailure, error);
        return fixture.Ask(QueryFactory.Ask(name, RecordType.A));
    }
}
