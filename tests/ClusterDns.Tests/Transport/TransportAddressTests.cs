using System.Net;
using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

internal sealed class TransportAddressTests
{
    [TestCase("10.0.0.1:53")]
    [TestCase("[fd00::1]:65535")]
    [TestCase("[fe80::1%3]:53")]
    public void From_EndPoint_ComesBackTheSame(string endpoint) =>
        Assert.That(TransportAddress.From(IPEndPoint.Parse(endpoint)).ToString(), Is.EqualTo(endpoint));

    [Test]
    public void From_MappedIPv4_EqualsPlainIPv4()
    {
        var mapped = TransportAddress.From(IPEndPoint.Parse("[::ffff:10.0.0.1]:53"));
        var plain = TransportAddress.From(IPEndPoint.Parse("10.0.0.1:53"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mapped.IsIPv4, Is.True);
            Assert.That(mapped, Is.EqualTo(plain));
            Assert.That(mapped.GetHashCode(), Is.EqualTo(plain.GetHashCode()));
        }
    }

    [Test]
    public void Equals_IPv4AndIPv6OfTheSameBits_Differ()
    {
        var four = TransportAddress.From(IPEndPoint.Parse("0.0.0.1:53"));
        var six = TransportAddress.From(IPEndPoint.Parse("[::1]:53"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(four.Bits, Is.EqualTo(six.Bits));
            Assert.That(four, Is.Not.EqualTo(six));
        }
    }
}
