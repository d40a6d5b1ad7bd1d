using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Native;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Native;

internal sealed class HandshakeFilterTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task Attached_ToAListeningSocket_LetsNobodyNewInAndKeepsWhoIsInside(string address)
    {
        using var listening = new Socket(SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listening.Bind(new IPEndPoint(IPAddress.Parse(address).MapToIPv6(), 0));
        listening.Listen();
        var endpoint = new IPEndPoint(IPAddress.Parse(address), ((IPEndPoint)listening.LocalEndPoint!).Port);
        using var inside = new TcpClient(endpoint.AddressFamily);
        await inside.ConnectAsync(endpoint);

        Assert.That(HandshakeFilter.TryAttach(listening), Is.True);

        using var outside = new TcpClient(endpoint.AddressFamily);
        var knocking = outside.ConnectAsync(endpoint);
        await Task.WhenAny(knocking, Task.Delay(Moment));
        using var accepted = await listening.AcceptAsync();
        await inside.Client.SendAsync("?"u8.ToArray());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(knocking.IsCompleted, Is.False);
            Assert.That(await accepted.ReceiveAsync(new byte[8]), Is.EqualTo(1));
            Assert.That(listening.Poll(TimeSpan.Zero, SelectMode.SelectRead), Is.False);
        }

        listening.Dispose();
        Assert.That(async () => await knocking.WaitAsync(Eventually.Patience), Throws.TypeOf<SocketException>());
    }
}
