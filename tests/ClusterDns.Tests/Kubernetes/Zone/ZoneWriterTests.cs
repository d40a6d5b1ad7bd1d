using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Zone;

internal sealed class ZoneWriterTests
{
    private readonly ZoneWriter _writer = new([ResourceKind.Service], TimeProvider.System, NullLogger.Instance);

    [Test]
    public void Service_AfterItsNamespaceAndSlice_HasEndpoints()
    {
        var endpoints = new PackedEndpoints.Builder(isIPv4: true) { Ports = [new PortRecord("http", "tcp", 80)] };
        NetworkAddress.TryParse("10.0.0.1", out var address);
        NetworkAddress.TryParse("10.96.0.1", out var clusterAddress);
        endpoints.TryAdd(address, "web-0", null);
        _writer.Apply(ClusterChange.Put(ResourceKind.EndpointSlice, new EndpointsRecord(new ObjectKey("shop", "web-x"), "web", [endpoints.Build()])));
        _writer.Apply(ClusterChange.Put(new NamespaceRecord("shop")));
        _writer.Apply(ClusterChange.Put(new ServiceRecord { Key = new ObjectKey("shop", "web"), Kind = ServiceKind.ClusterIP, ClusterAddresses = [clusterAddress] }));

        var service = _writer.Zone.FindNamespace("shop"u8)?.FindService("web"u8);

        Assert.That(service, Is.Not.Null);
        Assert.That(service!.ReadyCount, Is.EqualTo(1));
        Assert.That(Encoding.ASCII.GetString(service.Endpoints[0].Hostname(0)), Is.EqualTo("web-0"));
        Assert.That(_writer.Zone.FindServiceByClusterAddress(clusterAddress), Is.SameAs(service));
        var owners = 0;
        foreach (var owner in _writer.Zone.FindEndpointsByAddress(address))
        {
            owners++;
            Assert.That(owner.Service, Is.SameAs(service));
        }

        Assert.That(owners, Is.EqualTo(1));
    }
}
