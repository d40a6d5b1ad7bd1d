using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What a listener begins with: its port, its workers, and who may have the port beside it.</summary>
internal sealed class UdpStartTests(UdpMode mode) : UdpListenerFixture(mode)
{
    [Test]
    public void Start_AtPortZero_TellsThePort()
    {
        using var listener = Start(DelegateHandler.Echo);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.Endpoint.Port, Is.Not.Zero);
            Assert.That(listener.Endpoint.Address, Is.EqualTo(IPAddress.Loopback));
            Assert.That(listener.WorkerCount, Is.EqualTo(2));
        }
    }

    [Test]
    public void Start_AtAddressOfSomebodyElse_Throws() =>
        Assert.That(
            () => Start(DelegateHandler.Echo, new IPEndPoint(IPAddress.Parse("203.0.113.1"), 0)),
            Throws.TypeOf<SocketException>());

    [Test]
    public void Start_WithMoreWorkersThanThereMayBe_Throws() =>
        Assert.That(
            () => Start(DelegateHandler.Echo, options: Options with { Workers = UdpOptions.MostWorkers + 1 }),
            Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void TwoListeners_AtPortsOfTheirOwn_AnswerApart()
    {
        using var first = Start(new DelegateHandler((_, path) => AnswerOctet(path, 1)));
        using var second = Start(new DelegateHandler((_, path) => AnswerOctet(path, 2)));
        using var clientOfFirst = new UdpTestClient(first.Endpoint);
        using var clientOfSecond = new UdpTestClient(second.Endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(clientOfFirst.Ask("?"u8), Is.EqualTo(new byte[] { 1 }));
            Assert.That(clientOfSecond.Ask("?"u8), Is.EqualTo(new byte[] { 2 }));
        }
    }

    [Test]
    public void TwoListeners_AtOnePort_AreAllowedOnlyWhenBothShareIt()
    {
        using var first = Start(DelegateHandler.Echo);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Start(DelegateHandler.Echo, first.Endpoint, Options with { SharesPort = false }),
                Throws.TypeOf<SocketException>()
                    .With.Property(nameof(SocketException.SocketErrorCode))
                    .EqualTo(SocketError.AddressAlreadyInUse));
            Assert.That(() => Start(DelegateHandler.Echo, first.Endpoint).Stop(), Throws.Nothing);
        }
    }

    [Test]
    public void Start_SaysWhichWayItTakes()
    {
        using var log = new LogCapture();
        using var listener = Start(DelegateHandler.Echo, logger: log.CreateLogger("udp"));

        Assert.That(
            log.Lines.Single(),
            Does.EndWith(Mode == UdpMode.Managed
                ? "2 workers take one packet at a time, because an option says so"
                : "2 workers receive and send in batches"));
    }

    private static void AnswerOctet(ReplyPath path, byte octet)
    {
        path.GetBuffer(1)[0] = octet;
        path.Send(1);
    }
}
