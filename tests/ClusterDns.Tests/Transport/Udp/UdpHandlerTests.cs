using ClusterDns.Testing;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What a fault above a listener costs.</summary>
internal sealed class UdpHandlerTests(UdpMode mode) : UdpListenerFixture(mode)
{
    [Test]
    public void Handler_ThatThrowsEveryTime_CostsOnlyItsOwnPackets()
    {
        using var log = new LogCapture();
        using var listener = Start(DelegateHandler.EchoWithFaults, logger: log.CreateLogger("udp"));
        using var client = new UdpTestClient(listener.Endpoint);

        for (var i = 0; i < 20; i++)
        {
            client.Send("x"u8);
            Assert.That(client.Ask("good"u8), Is.EqualTo("good"u8.ToArray()));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.ReadCounters().HandlerFailures, Is.EqualTo(20));
            Assert.That(log.CountOf("a query was lost to a fault in its handler"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Handler_ThatAsksForMoreThanAMessage_FailsAlone()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            if (packet[0] == 'x')
            {
                path.GetBuffer(65_536);
            }

            path.GetBuffer(packet.Length);
            path.Send(packet[0] == 'y' ? packet.Length + 1 : packet.Length);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("x"u8);
        client.Send("y"u8);
        client.Ask("z"u8);

        Assert.That(listener.ReadCounters().HandlerFailures, Is.EqualTo(2));
    }

    [Test]
    public void Handler_ThatSendsTwice_IsHeardOnce()
    {
        using var listener = Start(new DelegateHandler((packet, path) =>
        {
            DelegateHandler.Answer(packet, path);
            path.Send(packet.Length);
        }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Ask("once"u8);

        client.ExpectSilence();
    }

    [Test]
    public void Handler_ThatDoesNothing_GivesNoReply()
    {
        using var listener = Start(new DelegateHandler((_, _) => { }));
        using var client = new UdpTestClient(listener.Endpoint);

        client.Send("anybody?"u8);

        client.ExpectSilence();
        Assert.That(listener.ReadCounters().Received, Is.EqualTo(1));
    }
}
