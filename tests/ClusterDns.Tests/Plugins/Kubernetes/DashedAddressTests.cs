using System.Text;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Plugins.Kubernetes;

internal sealed class DashedAddressTests
{
    [TestCase("10.244.0.8", "10-244-0-8")]
    [TestCase("0.0.0.0", "0-0-0-0")]
    [TestCase("255.255.255.255", "255-255-255-255")]
    [TestCase("fd00:244::21", "fd00-244--21")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001-db8-1-2-3-4-5-6")]
    [TestCase("2001:db8:0:1:1:1:1:1", "2001-db8-0-1-1-1-1-1", TestName = "One zero group is no gap")]
    [TestCase("2001:db8:0:0:1:0:0:1", "2001-db8--1-0-0-1", TestName = "The first of two gaps")]
    [TestCase("2001:0:0:1:0:0:0:1", "2001-0-0-1--1", TestName = "The longer of two gaps")]
    [TestCase("::1", "--1")]
    [TestCase("fd00::", "fd00--")]
    [TestCase("::", "--")]
    [TestCase("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff-ffff-ffff-ffff-ffff-ffff-ffff-ffff")]
    public void Address_Written_IsItsTextWithHyphens(string address, string label)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Write(Address(address)), Is.EqualTo(label));
            Assert.That(DashedAddress.TryParseExact(Encoding.ASCII.GetBytes(label), out var read), Is.True);
            Assert.That(read, Is.EqualTo(Address(address)));
        }
    }

    [TestCase("fd00-0-0-0-0-0-0-1", "fd00::1")]
    [TestCase("0fd0--1", "fd0::1")]
    [TestCase("1--2-3-4-5-6-7", "1:0:2:3:4:5:6:7")]
    public void UnusualSpelling_Read_IsAnAddressButNotTheExactOne(string label, string address)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DashedAddress.TryParse(Encoding.ASCII.GetBytes(label), out var read), Is.True);
            Assert.That(read, Is.EqualTo(Address(address)));
            Assert.That(DashedAddress.TryParseExact(Encoding.ASCII.GetBytes(label), out _), Is.False);
        }
    }

    [TestCase("")]
    [TestCase("web")]
    [TestCase("web-0")]
    [TestCase("1-2-3")]
    [TestCase("1-2-3-")]
    [TestCase("-1-2-3")]
    [TestCase("1-2-3-4-5")]
    [TestCase("1-2-3-256")]
    [TestCase("1-2-3-04")]
    [TestCase("1-2-3-a")]
    [TestCase("1-2-3-1000")]
    [TestCase("1-2-3-4-5-6-7-8-9")]
    [TestCase("1--2--3")]
    [TestCase("1---2")]
    [TestCase("---")]
    [TestCase("1-2-3-4--5-6-7-8", TestName = "A gap of nothing")]
    [TestCase("12345--1")]
    [TestCase("g--1")]
    [TestCase("+1--1")]
    [TestCase(" 1--1")]
    [TestCase("1:2--1")]
    public void AnythingElse_Read_IsNoAddress(string label) =>
        Assert.That(DashedAddress.TryParse(Encoding.ASCII.GetBytes(label), out _), Is.False);

    [Test]
    public void AnyIPv4_Written_ReadsBack() =>
        Gen.UInt.Sample(bits => ReadsBack(new NetworkAddress(bits, IsIPv4: true)));

    [Test]
    public void AnyIPv6_Written_IsSpeltLikeTheLibrarySpellsIt()
    {
        // Groups of zero have to be frequent; addresses that embed IPv4 have another text.
        var group = Gen.Frequency((2, Gen.Const((ushort)0)), (1, Gen.UShort), (1, Gen.UShort[1, 15]));
        group.Array[8].Where(groups => groups[..5].Any(g => g != 0) && groups[4] != 0x5EFE && groups[5] != 0x5EFE).Sample(groups =>
        {
            var bits = groups.Aggregate(UInt128.Zero, (sum, next) => (sum << 16) | next);
            var address = new NetworkAddress(bits, IsIPv4: false);
            return Write(address) == address.ToIPAddress().ToString().Replace(':', '-') && ReadsBack(address);
        });
    }

    [Test]
    public void AnyOctets_Read_NeverThrow() =>
        Gen.Byte.Array[0, 63].Sample(label => DashedAddress.TryParse(label, out var address) || address.Bits >= 0);

    private static bool ReadsBack(NetworkAddress address) =>
        DashedAddress.TryParseExact(Encoding.ASCII.GetBytes(Write(address)), out var read) && read == address;

    private static string Write(NetworkAddress address)
    {
        var octets = new byte[16];
        var label = new byte[DashedAddress.MaxLength];
        return Encoding.ASCII.GetString(label, 0, DashedAddress.Write(octets.AsSpan(0, address.Write(octets)), label));
    }
}
