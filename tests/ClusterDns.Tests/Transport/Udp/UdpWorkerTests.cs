using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>Receiving itself fails: the loop goes on, at a bearable pace.</summary>
internal sealed class UdpWorkerTests
{
    [Test]
    public async Task Receiving_ThatFailsForAWhile_IsTriedAgainUntilItWorks()
    {
        var worker = new FailingWorker(failures: 3);

        worker.Start();
        await Eventually.IsTrue(() => worker.Served > 0, "the worker serves again");
        worker.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(worker.Join(Eventually.Patience), Is.True);
            Assert.That(worker.Counters.ReceiveFailures, Is.EqualTo(3));
            Assert.That(worker.Log.CountOf("receiving failed"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Receiving_ThatFailsForEver_DoesNotKeepTheWorkerFromStopping()
    {
        var worker = new FailingWorker(failures: int.MaxValue);
        worker.Start();

        worker.Stop();

        Assert.That(worker.Join(Eventually.Patience), Is.True);
    }

    /// <summary>A worker whose socket fails as often as told.</summary>
    private sealed class FailingWorker : UdpWorker
    {
        private readonly ManualResetEventSlim _stopping;
        private int _failures;

        public FailingWorker(int failures)
            : this(failures, new LogCapture(), new ManualResetEventSlim())
        {
        }

        private FailingWorker(int failures, LogCapture log, ManualResetEventSlim stopping)
            : base(Context(log, stopping), new ManagedDatagramSender(new Socket(SocketType.Dgram, ProtocolType.Udp)))
        {
            _failures = failures;
            _stopping = stopping;
            Log = log;
        }

        public LogCapture Log { get; }

        public int Served { get; private set; }

        public void Stop() => _stopping.Set();

        protected override bool ServeBatch(bool wait)
        {
            if (_failures > 0)
            {
                _failures--;
                throw new SocketException((int)SocketError.NoBufferSpaceAvailable);
            }

            Served++;
            return false;
        }

        private static UdpWorkerContext Context(LogCapture log, ManualResetEventSlim stopping) => new(
            0,
            new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp),
            TransportAddress.From(new IPEndPoint(IPAddress.Loopback, 53)),
            DelegateHandler.Echo,
            new UdpOptions(),
            TimeProvider.System,
            new FailureLog(log.CreateLogger("udp"), TimeProvider.System, "udp test"),
            stopping);
    }
}
