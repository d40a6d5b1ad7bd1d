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
    private const int Datagrams = 200;

    private const string Table =
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
          142: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000 65532        0 4711 2 0000000000000000 40
         8190: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4712 2 0000000000000000 0
        """;

    [Test]
    public void Table_OfTheKernel_HasSocketsAndTheirDrops() =>
        Assert.That(SocketDropMetrics.SocketsIn(Table.Split('\n')), Is.EqualTo([(4711L, 40L), (4712L, 0L)]));

    [TestCase("")]
    [TestCase("142: 0100007F:0035 00000000:0000 07 0:0 0:0 0 65532 0 4711 2 0")]
    [TestCase("142: 0100007F:0035 00000000:0000 07 0:0 0:0 0 65532 0 x 2 0 40")]
    [TestCase("142: 0100007F:0035 00000000:0000 07 0:0 0:0 0 65532 0 4711 2 0 -1")]
    public void Table_LineOfAnotherForm_IsPassedOver(string line) => Assert.That(SocketDropMetrics.SocketsIn([line]), Is.Empty);

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    public async Task Datagrams_ThatFindTheQueueFull_AreCounted(string address)
    {
        var registry = Metrics.NewCustomRegistry();
        SocketDropMetrics.Register(registry);
        var before = await ValueAsync(registry);
        using var deaf = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 0 };
        deaf.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        Flood(deaf);
        var first = await ValueAsync(registry);
        Flood(deaf);
        var second = await ValueAsync(registry);

        // Nearly all, of this socket; others of the tests may lose some, too.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first - before, Is.AtLeast(Datagrams / 2));
            Assert.That(second - first, Is.AtLeast(Datagrams));
        }
    }

    private static void Flood(Socket deaf)
    {
        using var sender = new Socket(deaf.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        for (var i = 0; i < Datagrams; i++)
        {
            sender.SendTo(new byte[1000], deaf.LocalEndPoint!);
        }
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
