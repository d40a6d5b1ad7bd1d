using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport;
using ClusterDns.Transport.Native;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Native;

internal sealed class SourceFilterTests
{
    private const uint All = uint.MaxValue;
    private const int Packets = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [TestCase("127.0.0.1", "127.0.0.66", "127.0.0.66", "127.0.0.67", false)]
    [TestCase("127.0.0.1", "127.0.0.66", "127.0.0.66", "127.0.0.67", true)]
    public void Attached_WithEverythingOfAClient_DropsItAndNothingElse(string server, string held, string sender, string other, bool isDualMode)
    {
        using var socket = Listen(server, isDualMode);
        Assert.That(SourceFilter.TryAttach(socket, [Of("::1", All), Of("10.0.0.1", All), Of(held, All), Of("10.0.0.2", All)]), Is.True);
        Send(socket, sender, [1, 2, 3]);
        Send(socket, other, [4, 5]);
        Assert.That(Receive(socket, 2), Is.EqualTo([4, 5]));
        Assert.That(LinuxSocketOptions.ReadOverflows(socket), Is.EqualTo(3), "what is dropped is counted");
    }

    [Test]
    public void Attached_WithAnIPv6Network_DropsItAndNothingElse()
    {
        using var socket = Listen("::1", isDualMode: true);
        Assert.That(SourceFilter.TryAttach(socket, [Of("127.0.0.1", All), Of("fd00::1", All), Of("::2", All)]), Is.True);
        Send(socket, "::1", [1]);
        SourceFilter.TryAttach(socket, [Of("fd00::1", All)]);
        Send(socket, "::1", [2]);
        Assert.That(Receive(socket, 1), Is.EqualTo([2]));
    }

    [Test]
    public void Attached_WithAPart_DropsAboutThatMuch()
    {
        using var socket = Listen("127.0.0.1", isDualMode: false);
        SourceFilter.TryAttach(socket, [Of("127.0.0.66", All / 4)]);
        for (var i = 0; i < Packets; i++)
        {
            Send(socket, "127.0.0.66", [1]);
        }

        // Six standard deviations: once in a thousand million runs.
        Assert.That((int)LinuxSocketOptions.ReadOverflows(socket), Is.EqualTo(Packets / 4).Within(52));
    }

    [Test]
    public void Detached_DropsNothing_AndTwiceDoesNoHarm()
    {
        using var socket = Listen("127.0.0.1", isDualMode: false);
        SourceFilter.TryAttach(socket, [Of("127.0.0.66", All)]);
        SourceFilter.Detach(socket);
        SourceFilter.Detach(socket);
        Send(socket, "127.0.0.66", [7]);
        Assert.That(Receive(socket, 1), Is.EqualTo([7]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Attached_WithAsManyAsThereMayBe_KnowsEachOfThem(bool isIPv4)
    {
        using var socket = Listen(isIPv4 ? "127.0.0.1" : "::1", isDualMode: !isIPv4);
        var others = Enumerable.Range(1, SourceFilter.MostSources - 1).Select(i => Of(isIPv4 ? $"10.0.0.{i}" : $"fd00:{i}::1", All));
        var last = isIPv4 ? "127.0.0.66" : "::1";
        Assert.That(SourceFilter.TryAttach(socket, [.. others, Of(last, All)]), Is.True);
        Send(socket, last, [1]);
        Assert.That(LinuxSocketOptions.ReadOverflows(socket), Is.EqualTo(1));
    }

    private static ThinnedSource Of(string address, uint threshold)
    {
        var client = TransportAddress.From(new IPEndPoint(IPAddress.Parse(address), 0));
        return new ThinnedSource(client.IsIPv4 ? (ulong)client.Bits : (ulong)(client.Bits >> 64), client.IsIPv4, threshold);
    }

    private static Socket Listen(string address, bool isDualMode)
    {
        var ip = IPAddress.Parse(address);
        var socket = isDualMode
            ? new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true }
            : new Socket(ip.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        socket.Bind(new IPEndPoint(isDualMode ? ip.MapToIPv6() : ip, 0));
        return socket;
    }

    private static void Send(Socket to, string from, byte[] packets)
    {
        var source = IPAddress.Parse(from);
        var bound = (IPEndPoint)to.LocalEndPoint!;
        var target = bound.Address.IsIPv4MappedToIPv6 ? bound.Address.MapToIPv4() : bound.Address;
        using var client = new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        client.Bind(new IPEndPoint(source, 0));
        foreach (var packet in packets)
        {
            client.SendTo([packet], new IPEndPoint(target, bound.Port));
        }
    }

    private static byte[] Receive(Socket socket, int count)
    {
        var packet = new byte[1];
        return [.. Enumerable.Range(0, count).Select(_ => socket.Receive(packet) == 1 ? packet[0] : (byte)0)];
    }
}
