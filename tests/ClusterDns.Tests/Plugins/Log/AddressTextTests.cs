using System.Net;
using System.Text;
using ClusterDns.Plugins.Log;
using ClusterDns.Transport;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Log;

[TestFixture]
internal sealed class AddressTextTests
{
    [TestCase("0.0.0.0", "0.0.0.0")]
    [TestCase("255.255.255.255", "255.255.255.255")]
    [TestCase("::", "[::]")]
    [TestCase("::1", "[::1]")]
    [TestCase("fe80::", "[fe80::]")]
    [TestCase("2001:db8:0:1:1:1:1:1", "[2001:db8:0:1:1:1:1:1]")]
    [TestCase("2001:0:0:1:0:0:0:1", "[2001:0:0:1::1]")]
    [TestCase("2001:db8:0:0:1:0:0:1", "[2001:db8::1:0:0:1]")]
    [TestCase("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]")]
    public void Write_Address_IsRfc5952(string address, string expected) =>
        Assert.That(Write(IPAddress.Parse(address)), Is.EqualTo(expected));

    [Test]
    public void Write_AnyIPv6Address_ReadsBackTheSame() =>
        Gen.Byte[0, 3].Array[16].Sample(octets =>
        {
            var address = new IPAddress(octets);
            return address.IsIPv4MappedToIPv6 || IPAddress.Parse(Write(address).Trim('[', ']')).Equals(address);
        });

    private static string Write(IPAddress address)
    {
        Span<byte> text = stackalloc byte[AddressText.MaxLength];
        return Encoding.ASCII.GetString(text[..AddressText.Write(TransportAddress.From(new IPEndPoint(address, 1)), text)]);
    }
}
