using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>Accepting fails in every way it can; the loop goes on.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TcpAcceptLoopTests : IDisposable
{
    private readonly LogCapture _log = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly BlockingQueue<Socket> _admitted = new();

    public void Dispose()
    {
        _log.Dispose();
        _stopping.Dispose();
        _admitted.Dispose();
    }

    [TestCase(SocketError.TooManyOpenSockets)]
    [TestCase(SocketError.NoBufferSpaceAvailable)]
    [TestCase(SocketError.AccessDenied)]
    public async Task Failure_ThatMayLast_IsToldOnceAndTriedAgain(SocketError error)
    {
        var context = Context();
        var loop = new TcpAcceptLoop(FailThenAccept(3, () => new SocketException((int)error)), _admitted.Add, context);

        var running = loop.RunAsync();
        _admitted.Take().Dispose();
        await StopAsync(running);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.Counters.AcceptFailures, Is.EqualTo(3));
            Assert.That(_log.CountOf("accepting a connection failed"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Failure_ThatIsABug_IsSurvivedToo()
    {
        var context = Context();
        var loop = new TcpAcceptLoop(FailThenAccept(2, () => new InvalidOperationException()), _admitted.Add, context);

        var running = loop.RunAsync();
        _admitted.Take().Dispose();
        await StopAsync(running);

        Assert.That(context.Counters.AcceptFailures, Is.EqualTo(2));
    }

    [TestCase(SocketError.ConnectionAborted)]
    [TestCase(SocketError.ConnectionReset)]
    public async Task Failure_OfOneClient_IsNotWorthAWord(SocketError error)
    {
        var context = Context();
        var loop = new TcpAcceptLoop(FailThenAccept(100, () => new SocketException((int)error)), _admitted.Add, context);

        var running = loop.RunAsync();
        _admitted.Take().Dispose();
        await StopAsync(running);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(context.Counters.AcceptFailures, Is.Zero);
            Assert.That(_log.Lines, Is.Empty);
        }
    }

    [Test]
    public async Task Failure_WhileAdmitting_ClosesTheSocketAndGoesOn()
    {
        var failures = new Queue<Exception>([new SocketException(), new InvalidOperationException()]);
        var refused = new List<Socket>();
        var loop = new TcpAcceptLoop(
            FailThenAccept(0, () => new SocketException()),
            socket =>
            {
                if (failures.TryDequeue(out var failure))
                {
                    refused.Add(socket);
                    throw failure;
                }

                _admitted.Add(socket);
            },
            Context());

        var running = loop.RunAsync();
        _admitted.Take().Dispose();
        await StopAsync(running);

        Assert.That(refused.Select(socket => socket.SafeHandle.IsClosed), Is.EqualTo([true, true]));
    }

    [Test]
    public async Task Stop_WhileItBacksOff_EndsIt()
    {
        var loop = new TcpAcceptLoop(
            FailThenAccept(int.MaxValue, () => new SocketException((int)SocketError.TooManyOpenSockets)),
            _admitted.Add,
            Context());

        await StopAsync(loop.RunAsync());

        Assert.That(_admitted.Count, Is.Zero);
    }

    /// <summary>Accepts a few sockets once it has failed often enough, then nothing more.</summary>
    private static Func<CancellationToken, ValueTask<Socket>> FailThenAccept(int failures, Func<Exception> failure)
    {
        var calls = 0;
        return async stopping =>
        {
            if (calls++ < failures)
            {
                throw failure();
            }

            if (calls > failures + 3)
            {
                await Task.Delay(Timeout.Infinite, stopping);
            }

            return new Socket(SocketType.Stream, ProtocolType.Tcp);
        };
    }

    private TcpConnectionContext Context() => new(
        DelegateHandler.Echo,
        new TcpSettings(new TcpOptions()),
        TimeProvider.System,
        new FailureLog(_log.CreateLogger("tcp"), TimeProvider.System, "tcp test"),
        new TcpCounters(),
        new ByteBudget(0),
        new BoundedPool<DetachedTcpPath>(0),
        _stopping.Token);

    private async Task StopAsync(Task running)
    {
        await _stopping.CancelAsync();
        await running.WaitAsync(Eventually.Patience);
    }
}
