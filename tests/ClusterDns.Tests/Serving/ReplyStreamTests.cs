using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Transfer;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Serving;

/// <summary>Answers of several messages, from the chain's result to the last message.</summary>
[TestFixture]
internal sealed class ReplyStreamTests
{
    private static readonly byte[] Query = QueryFactory.Packet("example.org.", RecordType.AXFR);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase(false, Description = "the chain was done on return")]
    [TestCase(true)]
    public async Task Streamed_Messages_AreSentOneAfterTheOther(bool isLate)
    {
        var stream = new NumberedStream(3);
        var path = new PartsPath();

        await HandleAsync(stream, path, isLate);

        Assert.That(path.Messages.Select(NumberOf), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(stream.Ends, Is.EqualTo(new[] { true }));
    }

    [Test]
    public async Task Client_ThatGoes_EndsTheStreamAndItsConnection()
    {
        var stream = new NumberedStream(10);
        var path = new PartsPath { Patience = 2 };

        await HandleAsync(stream, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(path.Messages, Has.Count.EqualTo(2));
            Assert.That(path.IsCut, Is.True);
            Assert.That(stream.Ends, Is.EqualTo(new[] { false }));
        }
    }

    [Test]
    public async Task Client_ThatTakesTooLong_IsCutOff()
    {
        var stream = new NumberedStream(10) { Time = TimeSpan.FromMilliseconds(50) };
        var path = new PartsPath { NeverTakes = true };

        await HandleAsync(stream, path);

        Assert.That((path.IsCut, stream.Ends.Single()), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Stream_ThatThrows_IsCountedAndItsConnectionEnded()
    {
        var stream = new NumberedStream(10) { ThrowsAt = 3 };
        var path = new PartsPath();

        var panics = await HandleAsync(stream, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(panics, Is.EqualTo(1));
            Assert.That(path.IsCut, Is.True);
            Assert.That(stream.Ends, Is.EqualTo(new[] { false }));
        }
    }

    [Test]
    public async Task Plugin_InFrontThatThrows_EndsTheStream()
    {
        var stream = new NumberedStream(3);
        var path = new PartsPath();

        await HandleAsync(stream, path, throwsInFront: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(path.Messages.Single())), Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That(stream.Ends, Is.EqualTo(new[] { false }));
        }
    }

    private static int NumberOf(byte[] message) => message[^1];

    private static async Task<double> HandleAsync(
        NumberedStream stream, PartsPath path, bool isLate = false, bool throwsInFront = false)
    {
        var registry = Metrics.NewCustomRegistry();
        var panics = Metrics.WithCustomRegistry(registry).CreateCounter("panics", "");
        Plugin[] chain = [new StubPlugin(query => BeginAsync(query, stream, isLate))];
        var links = PluginChain.Build(throwsInFront ? [new ThrowingPlugin(), .. chain] : chain);
        var routes = new ListenerRoutes(
            new ListenerKey("dns", null, 53),
            new ZoneRouter([new ZoneRoute(DnsName.Root, links, LogStackTraces: false)]),
            new QueryMetrics(registry, TimeProvider.System, new SeriesBudget(1)));
        new PacketHandler(routes, new QueryPool(), TimeProvider.System, panics, NullLogger.Instance).Handle(Query, path);
        await path.Ended.WaitAsync(Patience);
        await stream.Ended.WaitAsync(Patience);
        return panics.Value;
    }

    private static async ValueTask<ServeResult> BeginAsync(Query query, NumberedStream stream, bool isLate)
    {
        if (isLate)
        {
            await Task.Yield();
        }

        NumberedStream.Write(query.Reply, 0);
        query.Rest = stream;
        return ServeResult.Streamed;
    }

    /// <summary>Messages with their number in the last octet.</summary>
    private sealed class NumberedStream(int last) : ReplyStream
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _number;

        public int? ThrowsAt { get; init; }

        public List<bool> Ends { get; } = [];

        public Task Ended => _ended.Task;

        public TimeSpan Time { get; init; } = Patience;

        public override TimeSpan MostTime => Time;

        public static void Write(Reply reply, int number)
        {
            reply.Clear();
            reply.AddAddress(Section.Answer, NameParts.Question, 5, [192, 0, 2, (byte)number]);
        }

        public override bool WriteNext(Reply reply)
        {
            if (++_number == ThrowsAt)
            {
                throw new InvalidOperationException("a bug");
            }

            Write(reply, _number);
            return _number < last;
        }

        public override void End(bool isWhole)
        {
            Ends.Add(isWhole);
            _ended.TrySetResult();
        }
    }

    private sealed class ThrowingPlugin : ReplyPlugin
    {
        public override string Name => "throwing";

        protected override ServeResult After(Query query, ServeResult result) => throw new InvalidOperationException("a bug");
    }
}
