using System.Net;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Serving;

/// <summary>The one place that makes packets of refusals, failures and exceptions.</summary>
[TestFixture]
internal sealed class PacketHandlerTests
{
    private static readonly byte[] Query = QueryFactory.Packet("Name.Example.", RecordType.A, udpSize: 1232);

    [Test]
    public void Handle_Answered_SendsTheReplyBehindTheQuestionAsSent()
    {
        var reply = Reply(Query, query =>
        {
            query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [192, 0, 2, 1]);
            return ServeResult.Answered;
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply![MessageHeader.Size..(MessageHeader.Size + 14)], Is.EqualTo(Query[MessageHeader.Size..(MessageHeader.Size + 14)]));
            Assert.That(MessageHeader.AnswerCount(reply), Is.EqualTo(1));
        }
    }

    [Test]
    public void Handle_Failed_SendsTheRcodeAndNothingElse()
    {
        var reply = Reply(Query, query =>
        {
            query.Reply.AddAddress(Section.Answer, NameParts.Question, 5, [192, 0, 2, 1]);
            return query.Fail(ResponseCode.ServerFailure, "why");
        })!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code(reply), Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That(MessageHeader.AnswerCount(reply), Is.Zero);
            Assert.That(MessageHeader.AdditionalCount(reply), Is.EqualTo(1), "the OPT record");
        }
    }

    [Test]
    public void Handle_Dropped_SendsNothing()
    {
        Assert.That(Reply(Query, _ => ServeResult.Dropped), Is.Null);
    }

    [Test]
    public void Handle_PluginThrows_SendsServfailAndCountsIt()
    {
        var registry = Metrics.NewCustomRegistry();
        var panics = Metrics.WithCustomRegistry(registry).CreateCounter("panics", "");
        var reply = Reply(Query, _ => throw new InvalidOperationException("a bug"), panics)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code(reply), Is.EqualTo(ResponseCode.ServerFailure));
            Assert.That(panics.Value, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Handle_PluginThrowsLater_SendsServfailThroughTheDetachedPath()
    {
        var gate = new TaskCompletionSource<ServeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var path = Path();
        Handler(new StubPlugin(_ => new ValueTask<ServeResult>(gate.Task))).Handle(Query, path);
        Assert.That((path.IsDetached, path.Sent), Is.EqualTo((true, (byte[]?)null)));
        gate.SetException(new InvalidOperationException("a bug"));
        await Eventually(() => path.Sent is not null);
        Assert.That(Code(path.Sent!), Is.EqualTo(ResponseCode.ServerFailure));
    }

    [Test]
    public async Task Handle_DroppedLater_AbandonsThePath()
    {
        var gate = new TaskCompletionSource<ServeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var path = Path();
        Handler(new StubPlugin(_ => new ValueTask<ServeResult>(gate.Task))).Handle(Query, path);
        gate.SetResult(ServeResult.Dropped);
        await Eventually(() => path.IsAbandoned);
        Assert.That(path.Sent, Is.Null);
    }

    [Test]
    public async Task Handle_ReplyThatCannotBeSentLater_AbandonsThePathAndIsCounted()
    {
        var panics = Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()).CreateCounter("panics", "");
        var gate = new TaskCompletionSource<ServeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var path = Path();
        path.GetBuffer(1);
        path.Send(1);
        Handler(new StubPlugin(_ => new ValueTask<ServeResult>(gate.Task)), panics).Handle(Query, path);
        gate.SetResult(ServeResult.Answered);
        await Eventually(() => path.IsAbandoned);
        Assert.That(panics.Value, Is.EqualTo(1));
    }

    [Test]
    public void Handle_PacketsOfABatch_BeginWhenTheOneBeforeWasDone()
    {
        const long End = 1;
        List<long> starts = [];
        var handler = Handler(new StubPlugin(query =>
        {
            starts.Add(query.StartTimestamp);
            query.EndTimestamp = End;
            return ServeResult.Answered;
        }));
        var path = new CountingReplyPath();
        handler.Handle(Query, path);
        path.IsInBatch = true;
        handler.Handle(Query, path);
        path.IsInBatch = false;
        handler.Handle(Query, path);
        Assert.That(starts[1], Is.EqualTo(End));
        Assert.That(new[] { starts[0], starts[2] }, Has.None.EqualTo(End));
    }

    [TestCase(RecordClass.CH)]
    [TestCase(RecordClass.HS)]
    [TestCase(RecordClass.NONE)]
    [TestCase(RecordClass.ANY)]
    public void Handle_ClassWithoutZones_IsRefused(RecordClass recordClass)
    {
        var reply = Reply(QueryFactory.Packet("name.example.", RecordType.A, recordClass), _ => ServeResult.Answered)!;
        Assert.That(Code(reply), Is.EqualTo(ResponseCode.Refused));
    }

    [Test]
    public void Handle_NameOfNoZone_IsRefused()
    {
        var reply = Reply(QueryFactory.Packet("name.elsewhere.", RecordType.A), _ => ServeResult.Answered)!;
        Assert.That(Code(reply), Is.EqualTo(ResponseCode.Refused));
    }

    [Test]
    public void Handle_VersionOfEdnsUnknown_IsBadversWithQuestionAndOpt()
    {
        var packet = (byte[])Query.Clone();
        packet[^5] = 1;
        var reply = Reply(packet, _ => ServeResult.Answered)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Code(reply), Is.EqualTo(ResponseCode.NoError), "the lower bits of 16");
            Assert.That(reply[^6], Is.EqualTo(1), "the upper bits");
            Assert.That(MessageHeader.QuestionCount(reply), Is.EqualTo(1));
        }
    }

    [TestCase(0x2800, ResponseCode.NotImplemented, TestName = "Handle_Update_IsNotImplemented")]
    [TestCase(0x2000, ResponseCode.NotImplemented, TestName = "Handle_Notify_IsNotImplemented")]
    public void Handle_OtherOpcode_GivesTheHeaderAlone(int flags, ResponseCode expected)
    {
        var reply = Reply(QueryFactory.Packet("name.example.", RecordType.A, flags: (ushort)flags), _ => ServeResult.Answered)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply, Has.Length.EqualTo(MessageHeader.Size));
            Assert.That(Code(reply), Is.EqualTo(expected));
            Assert.That(MessageHeader.OpcodeOf(MessageHeader.Flags(reply)), Is.EqualTo(MessageHeader.OpcodeOf((ushort)flags)));
        }
    }

    [Test]
    public void Handle_PacketCutAnywhere_GivesFormerrHeaderOrSilence()
    {
        for (var length = 0; length < Query.Length; length++)
        {
            var reply = Reply(Query[..length], _ => ServeResult.Answered);
            if (length < MessageHeader.Size)
            {
                Assert.That(reply, Is.Null, $"cut at {length}");
                continue;
            }

            Assert.That((reply!.Length, Code(reply)), Is.EqualTo((MessageHeader.Size, ResponseCode.FormatError)), $"cut at {length}");
        }
    }

    [Test]
    public void Handle_Reply_IsMetWithSilence()
    {
        Assert.That(Reply(QueryFactory.Packet("name.example.", RecordType.A, flags: 0x8000), _ => ServeResult.Answered), Is.Null);
    }

    private static byte[]? Reply(byte[] packet, Func<Query, ServeResult> serve, Counter? panics = null)
    {
        var path = Path();
        Handler(new StubPlugin(serve), panics).Handle(packet, path);
        return path.Sent;
    }

    private static PacketHandler Handler(Plugin plugin, Counter? panics = null)
    {
        var registry = Metrics.NewCustomRegistry();
        var metrics = new QueryMetrics(registry, TimeProvider.System, new SeriesBudget(1));
        var route = new ZoneRoute(DnsName.Parse("example."), PluginChain.Build([plugin]), LogStackTraces: false);
        var routes = new ListenerRoutes(new ListenerKey("dns", null, 53), new ZoneRouter([route]), metrics);
        panics ??= Metrics.WithCustomRegistry(registry).CreateCounter("panics", "");
        return new PacketHandler(
            routes, new QueryPool(), TimeProvider.System, panics, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    }

    private static RecordingReplyPath Path() => new(
        TransportProtocol.Udp, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));

    private static ResponseCode Code(byte[] reply) => MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply));

    private static async Task Eventually(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }
}
