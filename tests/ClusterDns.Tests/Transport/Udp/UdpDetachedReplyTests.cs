using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>Replies that leave later, by the path that was detached.</summary>
internal sealed class UdpDetachedReplyTests(UdpMode mode) : UdpListenerFixture(mode)
{
    [Test]
    public void Reply_ByDetachedPath_LeavesLaterFromAnotherThread()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (packet[0] == 'l')
            {
                detached.Add((packet.ToArray(), path.Detach()));
            }
            else
            {
                DelegateHandler.Answer(packet, path);
            }
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("late"u8);
        Assert.That(client.Ask("soon"u8), Is.EqualTo("soon"u8.ToArray()), "the listener goes on meanwhile");
        var (packet, path) = detached.Take();
        var addresses = $"{path.Client} {path.Local} {path.Protocol}";
        DelegateHandler.Answer(packet, path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Receive(), Is.EqualTo("late"u8.ToArray()));
            Assert.That(addresses, Is.EqualTo($"{client.Endpoint} {listener.Endpoint} Udp"));
        }
    }

    [Test]
    public void Reply_ByDetachedPaths_FindsEachClient()
    {
        using var detached = new BlockingQueue<(byte[] Packet, ReplyPath Path)>();
        using var listener = Start(new DelegateHandler((packet, path) => detached.Add((packet.ToArray(), path.Detach()))));
        var clients = Enumerable.Range(0, 40).Select(_ => new UdpTestClient(listener.Endpoint)).ToList();

        // The second and third rounds meet paths that the first gave back.
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < clients.Count; i++)
            {
                clients[i].Send(Number(i));
            }

            var waiting = clients.Select(_ => detached.Take()).ToList();
            Parallel.ForEach(waiting, late => DelegateHandler.Answer(late.Packet, late.Path));
            for (var i = 0; i < clients.Count; i++)
            {
                Assert.That(clients[i].Receive(), Is.EqualTo(Number(i)), $"client {i}");
            }
        }

        clients.ForEach(client => client.Dispose());
        Assert.That(listener.ReadCounters().Sent, Is.EqualTo(120));
    }

    [Test]
    public void DetachedPath_UsedTwice_SendsOnce()
    {
        using var detached = new BlockingQueue<ReplyPath>();
        using var listener = Start(new DelegateHandler((_, path) => detached.Add(path.Detach())));
        using var client = new UdpTestClient(listener.Endpoint);
        client.Send("?"u8);
        var path = detached.Take();

        path.GetBuffer(1)[0] = 1;
        path.Send(1);
        path.Abandon();
        path.Send(0);

        client.Receive();
        client.ExpectSilence();
    }
}
