using System.Net;
using ClusterDns.Plugins.Kubernetes;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

internal sealed class LocalAddressesTests
{
    [Test]
    public void ThisMachine_Read_GivesAddressesThatCanBeBoundAndAreNoLoopback()
    {
        var addresses = LocalAddresses.Read(NullLogger.Instance).Select(address => address.ToIPAddress()).ToArray();
        var own = Dns.GetHostAddresses(Dns.GetHostName()).Where(address => !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(addresses.Where(IPAddress.IsLoopback), Is.Empty);
            Assert.That(addresses, Is.Unique);
            Assert.That(addresses, Is.SupersetOf(own));
        }
    }
}
