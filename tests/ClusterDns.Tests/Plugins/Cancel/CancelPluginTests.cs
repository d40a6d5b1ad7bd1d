using ClusterDns.Plugins.Cancel;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cancel;

[TestFixture]
internal sealed class CancelPluginTests
{
    [TestCase("cancel", 5001)]
    [TestCase("cancel 500ms", 500)]
    [TestCase("cancel 2s", 2000)]
    public void Parse_Duration_OrTheDefault(string line, int milliseconds) =>
        Assert.That(CancelDirective.Parse(PluginFixture.ParseOne(line)), Is.EqualTo(TimeSpan.FromMilliseconds(milliseconds)));

    [TestCase("cancel 1s 2s", "Wrong argument count or unexpected line ending after '2s'")]
    [TestCase("cancel soon", "invalid duration: \"soon\"")]
    [TestCase("cancel 5", "invalid duration: \"5\"")]
    [TestCase("cancel 0s", "invalid negative duration: \"0s\"")]
    [TestCase("cancel -1s", "invalid negative duration: \"-1s\"")]
    [TestCase("cancel 1000h", "cancel cannot wait longer than 24 days: 1000h")]
    [TestCase("cancel {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(CancelDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));

    [Test]
    public async Task Chain_AnswersAtOnce_ItsReplyIsTheQuerys()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel");
        fixture.Rest = Answer;
        using var query = QueryFactory.Ask("Example.org", RecordType.A, udpSize: 4096);
        var result = fixture.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That(FinishedReply.Of(query).Answer, Is.EqualTo(["Example.org. 5 A 10.0.0.1"]));
            Assert.That((query.AnsweredBy, query.Error, query.Upstream, query.IsLive), Is.EqualTo(("stub", "why", "10.0.0.2:53", true)));
            Assert.That(query.Edns.PayloadSize, Is.EqualTo(1232), "what bufsize made of it");
            Assert.That(fixture.Clock.PendingTimers, Is.Zero);
        }
    }

    [Test]
    public async Task Chain_AnswersAtOnce_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel");
        fixture.Rest = Answer;
        using var query = QueryFactory.Ask("example.org", RecordType.A);
        var chain = fixture.Chain();

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    [TestCase(ResponseCode.Refused)]
    [TestCase(ResponseCode.ServerFailure)]
    public async Task Chain_Fails_TheFailureIsTheQuerys(ResponseCode code)
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel");
        fixture.Rest = query => query.Fail(code, "reason");
        using var query = QueryFactory.Ask("example.org", RecordType.A);

        Assert.That(fixture.Ask(query), Is.EqualTo(ServeResult.Failed(code)));
        Assert.That(query.Error, Is.EqualTo("reason"));
    }

    [Test]
    public async Task Chain_AnswersLaterButInTime_ItsReplyIsTheQuerys()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel 2s");
        using var query = QueryFactory.Ask("example.org", RecordType.A);
        var answer = new TaskCompletionSource();
        var pending = AskWaiting(fixture, query, answer.Task);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1999));
        answer.SetResult();

        Assert.That(await pending, Is.EqualTo(ServeResult.Answered));
        Assert.That(FinishedReply.Of(query).Answer, Is.EqualTo(["example.org. 5 A 10.0.0.1"]));
        Assert.That(fixture.Clock.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task Chain_TakesTooLong_IsServerFailureAndTheLateAnswerIsNobodys()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel 2s");
        using var query = QueryFactory.Ask("example.org", RecordType.A);
        var answer = new TaskCompletionSource();
        var pending = AskWaiting(fixture, query, answer.Task);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        var result = await pending;
        answer.SetResult();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Failed(ResponseCode.ServerFailure)));
            Assert.That(query.Error, Is.EqualTo("no answer within 2s"));
            Assert.That(query.Reply.AnswerCount, Is.Zero);
            Assert.That(fixture.Log.Lines, Is.EqualTo([
                "[Error] plugin/cancel: 2 example.org. A: no answer within 2s, and so had 0 other queries since the last such line",
            ]));
        }
    }

    [Test]
    public async Task Chain_TakesTooLongAgainAndAgain_IsOneLineInTenSeconds()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel 1s");
        var never = new TaskCompletionSource();
        for (var i = 0; i < 12; i++)
        {
            using var query = QueryFactory.Ask("example.org", RecordType.A);
            var pending = AskWaiting(fixture, query, never.Task);
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            await pending;
        }

        Assert.That(fixture.Log.Lines, Has.Count.EqualTo(2));
        Assert.That(fixture.Log.Lines[1], Does.EndWith("and so had 9 other queries since the last such line"));
        never.SetResult();
    }

    [Test]
    public async Task Chain_ThrowsAfterItsTime_IsCounted()
    {
        await using var fixture = new PluginFixture(CancelDirective.Descriptor, "cancel 1s");
        using var query = QueryFactory.Ask("example.org", RecordType.A);
        var bug = new TaskCompletionSource();
        var pending = AskWaiting(fixture, query, bug.Task);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await pending;
        bug.SetException(new InvalidOperationException("a bug"));

        Assert.That(() => fixture.Services.Metrics.Panics.Value, Is.EqualTo(1).After(30_000, 5));
    }

    private static ServeResult Answer(Query query)
    {
        query.LimitPayloadSize(1232);
        query.Reply.Clear();
        query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 0, 0, 1]);
        query.AnsweredBy = "stub";
        query.Error = "why";
        query.Upstream = "10.0.0.2:53";
        query.IsLive = true;
        return ServeResult.Answered;
    }

    private static Task<ServeResult> AskWaiting(PluginFixture fixture, Query query, Task until)
    {
        var stub = new StubPlugin(async waiting =>
        {
            await until;
            return Answer(waiting);
        });
        return PluginChain.Build([.. fixture.Block.Plugins, stub]).ServeAsync(query).AsTask();
    }
}
