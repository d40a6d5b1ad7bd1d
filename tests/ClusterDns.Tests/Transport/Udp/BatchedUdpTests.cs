using System.Net;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What only a batch can get wrong: packets and replies that share memory and a system call.</summary>
internal sealed class BatchedUdpTests
{
    private static readonly UdpOptions Options = new() { Workers = 1, StopCheckInterval = TimeSpan.FromMilliseconds(20) };

    [Test]
    public void Batch_OfRepliesLargerThanTheArena_AllLeaveWhole()
    {
        const int Packets = 40;
        ExpectBatch(Packets, index => 20_000 + index, _ => true);
    }

    [Test]
    public void Batch_OfTheLargestReplies_AllLeaveWhole()
    {
        const int Packets = 10;
        const int LargestDatagram = 65_507;
        ExpectBatch(Packets, _ => LargestDatagram, _ => true);
    }

    [Test]
    public void Batch_WithRepliesThatCannotBeSent_LosesOnlyThose()
    {
        const int Packets = 64;

        // The large one comes first after a flush, so that others stand behind it in the same call.
        ExpectBatch(Packets, index => index % 5 == 1 ? 65_535 : 100, index => index % 5 != 1);
    }

    /// <summary>Sends packets that wait together, and looks which replies come back, filled with the packet's number.</summary>
    private static void ExpectBatch(int packets, Func<int, int> replySize, Func<int, bool> arrives)
    {
        using var began = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var handler = new DelegateHandler((packet, path) =>
        {
            began.Set();
            mayGoOn.Wait(Eventually.Patience);
            var size = replySize(packet[0]);
            path.GetBuffer(size).Fill(packet[0]);
            path.Send(size);
        });
        using var listener = UdpListener.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            handler,
            Options,
            TimeProvider.System,
            NullLogger.Instance);
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send([0]);
        Assert.That(began.Wait(Eventually.Patience), Is.True);
        for (var i = 1; i < packets; i++)
        {
            client.Send([(byte)i]);
        }

        mayGoOn.Set();
        var expected = Enumerable.Range(0, packets).Where(arrives).ToList();
        foreach (var index in expected)
        {
            var reply = client.Receive();
            Assert.That(reply, Has.Length.EqualTo(replySize(index)).And.All.EqualTo((byte)index));
        }

        client.ExpectSilence();
        listener.Stop();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.ReadCounters().Sent, Is.EqualTo(expected.Count));
            Assert.That(listener.ReadCounters().SendFailures, Is.EqualTo(packets - expected.Count));
        }
    }
}
