using ClusterDns.Transport.Native;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Native;

internal sealed class PacketInfoTests
{
    /// <summary>Length 28, level 0 (IP), type 8 (IP_PKTINFO), interface 2, local address, destination.</summary>
    private const string IPv4 = "1C00000000000000 00000000 08000000 02000000 0A000001 0A0000FF";

    /// <summary>Length 36, level 41 (IPV6), type 50 (IPV6_PKTINFO), address, interface 2.</summary>
    private const string IPv6 = "2400000000000000 29000000 32000000 FD000000000000000000000000000002 02000000";
    private const string LinkLocal = "2400000000000000 29000000 32000000 FE800000000000000000000000000002 02000000";
    private const string Mapped = "2400000000000000 29000000 32000000 00000000000000000000FFFF0A000001 02000000";

    [TestCase(IPv4, ExpectedResult = "10.0.0.1:53")]
    [TestCase(IPv6, ExpectedResult = "[fd00::2]:53")]
    [TestCase(LinkLocal, ExpectedResult = "[fe80::2%2]:53")]
    [TestCase(Mapped, ExpectedResult = "10.0.0.1:53")]
    public string TryRead_Message_GivesTheAddressAsked(string message)
    {
        var known = PacketInfo.TryRead(Octets(message), 53, out var local);
        Assert.That(known, Is.True);
        return local.ToString();
    }

    [TestCase(IPv4, 16)]
    [TestCase(IPv6, 32)]
    [TestCase(Mapped, 32)]
    public void PrepareReply_Address_LeavesTheInterfaceToRouting(string message, int interfaceOffset)
    {
        var octets = Octets(message);
        var expected = Octets(message);
        expected.AsSpan(interfaceOffset, 4).Clear();

        PacketInfo.PrepareReply(octets);

        Assert.That(octets, Is.EqualTo(expected));
    }

    [Test]
    public void PrepareReply_LinkLocalAddress_KeepsTheInterface()
    {
        var octets = Octets(LinkLocal);

        PacketInfo.PrepareReply(octets);

        Assert.That(octets, Is.EqualTo(Octets(LinkLocal)));
    }

    [TestCase(IPv4)]
    [TestCase(IPv6)]
    public void TryRead_MessageCutAnywhere_IsRefused(string message)
    {
        var octets = Octets(message);
        for (var length = 0; length < octets.Length; length++)
        {
            var cut = octets[..length];
            PacketInfo.PrepareReply(cut);
            Assert.That(PacketInfo.TryRead(cut, 53, out _), Is.False, $"{length} octets");
        }
    }

    [Test]
    public void TryRead_OtherKindOfMessage_IsRefused()
    {
        var octets = Octets(IPv4);
        octets[12] = 1;

        Assert.That(PacketInfo.TryRead(octets, 53, out _), Is.False);
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
