using System.Net;
using System.Net.NetworkInformation;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>One listener at all addresses of the host: the reply leaves from the one that was asked.</summary>
internal sealed class UdpWildcardTests
{
    private static readonly UdpOptions Options = new() { Workers = 2, StopCheckInterval = TimeSpan.FromMilliseconds(20) };

    [TestCase("0.0.0.0", "127.0.0.1")]
    [TestCase("0.0.0.0", "127.0.0.9")]
    [TestCase("::", "127.0.0.1")]
    [TestCase("::", "127.0.0.9")]
    [TestCase("::", "::1")]
    public void Reply_LeavesFromTheAddressAsked(string wildcard, string asked) =>
        ExpectReplyFrom(IPAddress.Parse(wildcard), IPAddress.Parse(asked), late: false);

    [TestCase("0.0.0.0", "127.0.0.9")]
    [TestCase("::", "127.0.0.9")]
    [TestCase("::", "::1")]
    public void LateReply_LeavesFromTheAddressAsked(string wildcard, string asked) =>
        ExpectReplyFrom(IPAddress.Parse(wildcard), IPAddress.Parse(asked), late: true);

    [TestCase(false)]
    [TestCase(true)]
    public void Reply_ToLinkLocalAddress_LeavesThroughItsInterface(bool late)
    {
        var linkLocal = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.IsIPv6LinkLocal);
        Assume.That(linkLocal, Is.Not.Null, "this host has a link-local address");

        ExpectReplyFrom(IPAddress.IPv6Any, linkLocal!, late);
    }

    [Test]
    public void Reply_OfManagedWildcard_IsWarnedAbout()
    {
        using var log = new LogCapture();
        using var listener = UdpListener.Start(
            new IPEndPoint(IPAddress.Any, 0),
            DelegateHandler.Echo,
            Options with { Mode = UdpMode.Managed },
            TimeProvider.System,
            log.CreateLogger("udp"));
        using var client = new UdpTestClient(new IPEndPoint(IPAddress.Loopback, listener.Endpoint.Port));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Ask("?"u8), Is.EqualTo("?"u8.ToArray()));
            Assert.That(log.Lines.Single(), Does.Contain("may leave from another one than was asked"));
        }
    }

    private static void ExpectReplyFrom(IPAddress wildcard, IPAddress asked, bool late)
    {
        var handler = new DelegateHandler((_, path) =>
        {
            var text = Encoding.ASCII.GetBytes($"{path.Client} asked {path.Local}");
            DelegateHandler.Answer(text, late ? path.Detach() : path);
        });
        using var listener = UdpListener.Start(
            new IPEndPoint(wildcard, 0),
            handler,
            Options,
            TimeProvider.System,
            NullLogger.Instance);
        var server = new IPEndPoint(asked, listener.Endpoint.Port);
        using var client = new UdpTestClient(server);

        // Connected: a reply from another address would not arrive.
        Assert.That(Encoding.ASCII.GetString(client.Ask("?"u8)), Is.EqualTo($"{client.Endpoint} asked {server}"));
    }
}
