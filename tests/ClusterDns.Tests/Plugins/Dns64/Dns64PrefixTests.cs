using System.Net;
using ClusterDns.Plugins.Dns64;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Dns64;

/// <summary>RFC 6052, 2.2: where the four octets stand behind a prefix of each length.</summary>
[TestFixture]
internal sealed class Dns64PrefixTests
{
    private static readonly int[] Lengths = [32, 40, 48, 56, 64, 96];

    [TestCase("2001:db8::/32", "2001:db8:c000:221::")]
    [TestCase("2001:db8:100::/40", "2001:db8:1c0:2:21::")]
    [TestCase("2001:db8:122::/48", "2001:db8:122:c000:2:2100::")]
    [TestCase("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::")]
    [TestCase("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::")]
    [TestCase("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33")]
    [TestCase("64:ff9b::/96", "64:ff9b::192.0.2.33")]
    public void Map_ExamplesOfTheRfc_StandWhereItSays(string prefix, string expected) =>
        Assert.That(Map(prefix, IPAddress.Parse("192.0.2.33")), Is.EqualTo(IPAddress.Parse(expected)));

    [Test]
    public void Map_AnyAddressAndPrefix_LeadsBackAndKeepsTheReservedOctetZero() =>
        Gen.Select(Gen.UInt, Gen.Byte.Array[16], Gen.Int[0, Lengths.Length - 1]).Sample((address, octets, length) =>
        {
            var bits = Lengths[length];
            octets[8] = 0;
            var prefix = new IPNetwork(Masked(octets, bits), bits);
            var source = new IPAddress(address);
            var mapped = Map(prefix.ToString(), source).GetAddressBytes();
            var rest = mapped[(bits / 8)..].ToList();
            if (bits is > 32 and <= 64)
            {
                rest.RemoveAt(8 - (bits / 8));
            }

            return mapped[8] == 0
                && prefix.Contains(new IPAddress(mapped))
                && source.Equals(new IPAddress(rest.Take(4).ToArray()))
                && rest.Skip(4).All(octet => octet == 0);
        });

    [TestCase("64:ff9b::/24")]
    [TestCase("64:ff9b::/97")]
    [TestCase("64:ff9b::/104")]
    [TestCase("64:ff9b::/33")]
    [TestCase("10.0.0.0/8")]
    [TestCase("10.0.0.0/32")]
    public void From_OtherNetworks_IsNone(string network) =>
        Assert.That(Dns64Prefix.From(IPNetwork.Parse(network)), Is.Null);

    private static IPAddress Map(string prefix, IPAddress address)
    {
        var mapped = new byte[Dns64Prefix.AddressSize];
        mapped.AsSpan().Fill(0xFF);
        Dns64Prefix.From(IPNetwork.Parse(prefix))!.Map(address.GetAddressBytes(), mapped);
        return new IPAddress(mapped);
    }

    private static IPAddress Masked(byte[] octets, int bits)
    {
        octets.AsSpan(bits / 8).Clear();
        return new IPAddress(octets);
    }
}
