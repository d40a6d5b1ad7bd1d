using System.Buffers.Binary;
using System.Net;
using ClusterDns.Transport;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp;

/// <summary>What the fixtures for the listener share: both ways to ask the system for packets, and how one is started here.</summary>
[TestFixture(UdpMode.Automatic)]
[TestFixture(UdpMode.Managed)]
internal abstract class UdpListenerFixture(UdpMode mode)
{
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    protected UdpMode Mode => mode;

    protected UdpOptions Options { get; } = new()
    {
        Mode = mode,
        Workers = 2,
        StopCheckInterval = TimeSpan.FromMilliseconds(20),
    };

    protected UdpListener Start(
        IPacketHandler handler,
        IPEndPoint? endpoint = null,
        UdpOptions? options = null,
        ILogger? logger = null) =>
        UdpListener.Start(
            endpoint ?? Loopback,
            handler,
            options ?? Options,
            TimeProvider.System,
            logger ?? NullLogger.Instance);

    protected static byte[] Number(int value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        return octets;
    }
}
