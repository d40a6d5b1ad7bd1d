using System.Net;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class NetworkAddressTests
{
    [TestCase("0.0.0.0", "0.0.0.0", true)]
    [TestCase("10.244.0.255", "10.244.0.255", true)]
    [TestCase("::", "::", false)]
    [TestCase("FD00:0:0::1", "fd00::1", false)]
    [TestCase("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1", false)]
    [TestCase("::ffff:10.0.0.1", "::ffff:10.0.0.1", false)]
    public void TryParse_Address_IsRead(string text, string expected, bool isIPv4)
    {
        var parsed = NetworkAddress.TryParse(text, out var address);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.True);
            Assert.That(address.ToString(), Is.EqualTo(expected));
            Assert.That(address.IsIPv4, Is.EqualTo(isIPv4));
            Assert.That(address.Size, Is.EqualTo(isIPv4 ? 4 : 16));
        }
    }

    [TestCase("")]
    [TestCase("10.1")]
    [TestCase("167772161")]
    [TestCase("0x7f.0.0.1")]
    [TestCase("010.0.0.1")]
    [TestCase("10.0.0.01")]
    [TestCase("10.0.0.256")]
    [TestCase("10.0.0.1.1")]
    [TestCase("10.0.0.")]
    [TestCase("10..0.1")]
    [TestCase(" 10.0.0.1")]
    [TestCase("10.0.0.1 ")]
    [TestCase("10.0.0.1:53")]
    [TestCase("+1.0.0.1")]
    [TestCase("[::1]")]
    [TestCase("[::1]:53")]
    [TestCase("::1%eth0")]
    [TestCase("::1/64")]
    [TestCase(" ::1")]
    [TestCase(":::")]
    [TestCase("1:2:3:4:5:6:7")]
    [TestCase("1:2:3:4:5:6:7:8:9")]
    [TestCase("::12345")]
    [TestCase("::ffff:010.0.0.1")]
    public void TryParse_AnythingElse_IsNoAddress(string text) =>
        Assert.That(NetworkAddress.TryParse(text, out _), Is.False);

    [Test]
    public void FromOctets_AnyAddress_IsWrittenAndReadBack() =>
        Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Sample(octets =>
        {
            var address = NetworkAddress.FromOctets(octets);
            var written = new byte[16];
            return address.Write(written) == octets.Length
                && written.AsSpan(0, octets.Length).SequenceEqual(octets)
                && address.ToIPAddress().Equals(new IPAddress(octets))
                && NetworkAddress.TryParse(address.ToString(), out var parsed)
                && parsed == address;
        });

    [Test]
    public void Equals_SameBitsOfBothFamilies_Differ() =>
        Assert.That(NetworkAddress.FromOctets([0, 0, 0, 1]), Is.Not.EqualTo(NetworkAddress.FromOctets([.. new byte[15], 1])));
}
