using System.Net;
using ClusterDns.Plugins.Acl;
using ClusterDns.Transport;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Acl;

[TestFixture]
internal sealed class AddressRangesTests
{
    [TestCase("10.0.0.0/8", "10.255.255.255", true)]
    [TestCase("10.0.0.0/8", "9.255.255.255", false)]
    [TestCase("10.0.0.0/8", "11.0.0.0", false)]
    [TestCase("10.0.0.0/8", "::a00:1", false)]
    [TestCase("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [TestCase("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [TestCase("::ffff:10.0.0.0/104", "11.1.2.3", false)]
    [TestCase("0.0.0.0/0", "255.255.255.255", true)]
    [TestCase("0.0.0.0/0", "::1", false)]
    [TestCase("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [TestCase("::/0", "0.0.0.0", false)]
    [TestCase("fd00::/8", "fdff::1", true)]
    [TestCase("fd00::/8", "fe00::", false)]
    [TestCase("192.0.2.1/32", "192.0.2.1", true)]
    [TestCase("192.0.2.1/32", "192.0.2.2", false)]
    public void Contains_OneNetwork_IsWhetherTheClientIsInIt(string network, string client, bool expected) =>
        Assert.That(new AddressRanges([IPNetwork.Parse(network)]).Contains(Client(client)), Is.EqualTo(expected));

    [Test]
    public void Contains_NoNetworks_NobodyIsIn() =>
        Assert.That(new AddressRanges([]).Contains(Client("10.0.0.1")), Is.False);

    [Test]
    public void Contains_HundredsOfNetworks_IsWhetherAnyOfThemHasTheClient() =>
        Gen.Select(Gen.UInt, Gen.Int[4, 32]).Array[1, 300].Select(Gen.UInt.Array[50]).Sample((networks, clients) =>
        {
            IPNetwork[] all = [.. networks.Select(pair => Network(pair.Item1, pair.Item2))];
            var ranges = new AddressRanges(all);

            // Edges of the networks as well: that is where a search goes wrong.
            var addresses = clients
                .Concat(all.Select(network => Number(network.BaseAddress)))
                .Concat(all.Select(network => Number(network.BaseAddress) - 1))
                .Concat(all.Select(network => Number(network.BaseAddress) + (uint)(1L << (32 - network.PrefixLength))));
            return addresses.Select(Address).All(address =>
                ranges.Contains(TransportAddress.From(new IPEndPoint(address, 0))) == Array.Exists(all, network => network.Contains(address)));
        }, iter: 200);

    private static TransportAddress Client(string text) => TransportAddress.From(new IPEndPoint(IPAddress.Parse(text), 0));

    private static IPNetwork Network(uint address, int bits) => new(Address(address & (uint)(uint.MaxValue << (32 - bits))), bits);

    private static uint Number(IPAddress address) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress Address(uint number) =>
        new([(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
}
