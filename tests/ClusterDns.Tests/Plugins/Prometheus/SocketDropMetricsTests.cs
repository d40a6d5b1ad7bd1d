using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ClusterDns.Plugins.Prometheus;
using NUnit.Framework;
using Prometheus;

namespace ClusterDns.Tests.Plugins.Prometheus;

/// <summary>What the kernel drops is told, since nobody else can tell.</summary>
[TestFixture]
internal sealed class SocketDropMetricsTests
{
    private const string Ipv4 =
        """
        Ip: Forwarding DefaultTTL InReceives
        Ip: 1 64 9000
        Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        Udp: 8000 1 70 8000 40 5 0 0 3
        UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
        UdpLite: 0 0 0 0 900 0 0 0 0
        """;

    private const string Ipv6 =
        """
        Ip6InReceives                   	12
        Udp6InErrors                    	700
        Udp6RcvbufErrors                	200
        Udp6MemErrors                   	1000
        UdpLite6RcvbufErrors            	90000
        """;

    [TestCase(Ipv4, Ipv6, 1243)]
    [TestCase(Ipv4, "", 43)]
    [TestCase("", Ipv6, 1200)]
    [TestCase("Udp: InDatagrams RcvbufErrors\nUdp: 8000 7", "", 7)]
    [TestCase("Udp: InDatagrams RcvbufErrors", "Udp6RcvbufErrors", 0)]
    [TestCase("Udp: InDatagrams RcvbufErrors\nUdp: 8000 -1", "Udp6RcvbufErrors x", 0)]
    public void Drops_OfBothFamilies_AreQueuesAndMemoryTogether(string ipv4, string ipv6, int expected) =>
        Assert.That(SocketDropMetrics.DropsIn(ipv4.Split('\n'), ipv6.Split('\n')), Is.EqualTo(expected));

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task Datagrams_ThatFindTheQueueFull_AreCounted(string address)
    {
        var registry = Metrics.NewCustomRegistry();
        SocketDropMetrics.Register(registry);
        var before = await ValueAsync(registry);
        using var deaf = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 0 };
        deaf.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        using var sender = new Socket(deaf.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        for (var i = 0; i < 200; i++)
        {
            sender.SendTo(new byte[1000], deaf.LocalEndPoint!);
        }

        Assert.That(await ValueAsync(registry) - before, Is.AtLeast(100));
    }

    private static async Task<double> ValueAsync(CollectorRegistry registry)
    {
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page);
        var line = Encoding.UTF8.GetString(page.ToArray()).Split('\n')
            .Single(line => line.StartsWith("clusterdns_udp_receive_drops_total ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
