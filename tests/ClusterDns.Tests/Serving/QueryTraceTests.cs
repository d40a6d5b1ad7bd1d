using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
internal sealed class QueryTraceTests
{
    private const string Corefile = """
        .:0 {
            errors
            prometheus 127.0.0.1:0
            rewrite name old.example.svc.cluster.local backend-service.example.svc.cluster.local
            kubernetes cluster.local
        }
        """;

    private const int Rounds = 1000;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await RunningServer.StartAsync(Corefile, RepositoryFiles.PathOf("deploy/example"));

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("backend-service.example.svc.cluster.local.")]
    [TestCase("old.example.svc.cluster.local.")]
    [TestCase("missing.example.svc.cluster.local.")]
    [TestCase("queue-9.queue.example.svc.cluster.local.")]
    public void Handle_BetweenQueriesWithTrace_AllocatesNothingAndTellsNobody(string name)
    {
        var handler = _server.CreateHandler();
        var packet = QueryFactory.Packet(name, RecordType.A, udpSize: 1232);
        var path = new CountingReplyPath();
        var trace = new QueryTrace();
        Ask(handler, packet, path);
        for (var i = 0; i < Rounds; i++)
        {
            handler.Handle(packet, path, trace);
        }

        Ask(handler, packet, path);
        var told = trace.Steps.Count;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(handler, packet, path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(path.Sent, Is.EqualTo(4 * Rounds));
            Assert.That(trace.Steps, Has.Count.EqualTo(told));
        }
    }

    [Test]
    public void Handle_QueriesOfThePool_HaveNoTraceLeft()
    {
        var pool = new QueryPool();
        _server.CreateHandler(pool).Handle(QueryFactory.Packet("old.example.svc.cluster.local.", RecordType.A), new CountingReplyPath(), new QueryTrace());

        Assert.That(new[] { pool.Rent().Trace, pool.Rent().Trace, pool.Rent().Trace }, Is.All.Null);
    }

    [Test]
    public void Add_MoreThanAreKept_KeepsTheFirst()
    {
        var trace = new QueryTrace();
        for (var i = 0; i < 2 * QueryTrace.MostSteps; i++)
        {
            trace.Add(new QuestionStep("test", $"{i}.", RecordType.A));
        }

        Assert.That(trace.Steps, Has.Count.EqualTo(QueryTrace.MostSteps));
        Assert.That(trace.Steps[^1], Is.EqualTo(new QuestionStep("test", $"{QueryTrace.MostSteps - 1}.", RecordType.A)));
    }

    [Test]
    public void Steps_OfARewrittenQuery_TellBlockQuestionNamePluginsAndReply()
    {
        var trace = new QueryTrace();
        _server.CreateHandler().Handle(QueryFactory.Packet("old.example.svc.cluster.local.", RecordType.A), new CountingReplyPath(), trace);

        string[] expected = ["BlockStep", "QuestionStep", "NameStep", "ClusterStep", "PluginStep", "PluginStep", "PluginStep", "PluginStep", "ReplyStep"];
        Assert.That(trace.Steps.Select(step => step.GetType().Name), Is.EqualTo(expected));
        Assert.That(
            trace.Steps.OfType<PluginStep>().Select(step => step.Plugin),
            Is.EqualTo(new[] { "kubernetes", "rewrite", "errors", "prometheus" }));
    }

    private static void Ask(PacketHandler handler, byte[] packet, CountingReplyPath path)
    {
        for (var i = 0; i < Rounds; i++)
        {
            handler.Handle(packet, path);
        }
    }
}
