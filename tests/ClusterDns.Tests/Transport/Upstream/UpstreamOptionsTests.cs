using System.Net;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class UpstreamOptionsTests
{
    [TestCaseSource(nameof(OutOfRange))]
    public void Client_OptionOutOfRange_Throws(UpstreamOptions options) =>
        Assert.That(
            () => new UpstreamClient(new UpstreamTarget(new IPEndPoint(IPAddress.Loopback, 53)), options, TimeProvider.System),
            Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static IEnumerable<UpstreamOptions> OutOfRange() =>
    [
        new() { MaxIdleConnections = -1 },
        new() { MaxConnections = 0 },
        new() { UdpPorts = 0 },
        new() { UdpPorts = 3, MaxUdpSockets = 2 },
        new() { QueriesPerUdpSocket = 0 },
        new() { QueriesPerUdpSocket = UpstreamOptions.MostQueriesPerChannel + 1 },
        new() { MaxQueriesPerConnection = 0 },
        new() { MaxQueriesPerConnection = UpstreamOptions.MostQueriesPerChannel + 1 },
        new() { UdpReplySize = 511 },
        new() { UdpReplySize = 65_536 },
    ];
}
