using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.View;

/// <summary>The Corefile that CoreDNS's page shows for split horizons, asked by clients of each network.</summary>
[TestFixture]
internal sealed class ViewSampleTests
{
    [TestCase("127.0.0.7:40000", RecordType.A, "NOERROR A 1.1.1.1")]
    [TestCase("127.0.1.7:40000", RecordType.A, "NOERROR A 3.3.3.3")]
    [TestCase("192.168.200.1:40000", RecordType.A, "NOERROR A 2.2.2.2")]
    [TestCase("[2001:db8:1::7]:40000", RecordType.AAAA, "NOERROR AAAA 2001:db8::1")]
    [TestCase("[2001:db9::7]:40000", RecordType.A, "NOERROR A 3.3.3.3")]
    [TestCase("10.0.0.1:40000", RecordType.A, "NOERROR A 3.3.3.3")]
    public async Task SplitHorizon_ClientOfANetwork_HasItsAnswer(string client, RecordType type, string expected)
    {
        var sample = RepositoryFiles.Read("tests/ClusterDns.Tests/Corefile/corefiles/custom/split-horizon-view.Corefile");
        await using var server = await RunningServer.StartAsync(sample);
        var path = new RecordingReplyPath(TransportProtocol.Udp, IPEndPoint.Parse(client), IPEndPoint.Parse(QueryFactory.Server));
        server.CreateHandler().Handle(QueryFactory.Packet("test.", type), path);
        Assert.That(ViewAnswer.Of(path.Sent!), Is.EqualTo(expected));
    }
}
