using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
internal sealed class PluginChainTests
{
    [Test]
    public async Task Empty_Asked_Refuses()
    {
        var result = await PluginChain.Build([]).ServeAsync(Query());
        Assert.That((result.Outcome, result.Code), Is.EqualTo((ServeOutcome.Failed, ResponseCode.Refused)));
    }

    [Test]
    public async Task Plugins_FirstDeclines_NextIsAsked()
    {
        var chain = PluginChain.Build([new StubPlugin(_ => ServeResult.Declined), new StubPlugin(_ => ServeResult.Answered)]);
        Assert.That(await chain.ServeAsync(Query()), Is.EqualTo(ServeResult.Answered));
    }

    [Test]
    public async Task Plugins_FirstAnswers_NextIsNotAsked()
    {
        var asked = false;
        var chain = PluginChain.Build([
            new StubPlugin(_ => ServeResult.Answered),
            new StubPlugin(_ =>
            {
                asked = true;
                return ServeResult.Answered;
            }),
        ]);
        await chain.ServeAsync(Query());
        Assert.That(asked, Is.False);
    }

    [Test]
    public async Task Plugins_AllDecline_FailsWithTheLastOnesName()
    {
        using var query = Query();
        var result = await PluginChain.Build([new StubPlugin(_ => ServeResult.Declined)]).ServeAsync(query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((result.Outcome, result.Code), Is.EqualTo((ServeOutcome.Failed, ResponseCode.ServerFailure)));
            Assert.That(query.Error, Is.EqualTo("plugin/stub: no next plugin found"));
        }
    }

    [Test]
    public async Task Plugins_FirstDeclinesLater_NextIsAskedThen()
    {
        var gate = new TaskCompletionSource<ServeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var chain = PluginChain.Build([
            new StubPlugin(_ => new ValueTask<ServeResult>(gate.Task)),
            new StubPlugin(_ => ServeResult.Answered),
        ]);
        var pending = chain.ServeAsync(Query());
        Assert.That(pending.IsCompleted, Is.False);
        gate.SetResult(ServeResult.Declined);
        Assert.That(await pending, Is.EqualTo(ServeResult.Answered));
    }

    private static Query Query() => QueryFactory.Ask("example.org.", RecordType.A);
}
