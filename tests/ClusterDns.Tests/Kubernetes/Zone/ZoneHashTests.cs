using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Zone;

internal sealed class ZoneHashTests
{
    [Test]
    public void Hash_OfEqualNames_IsEqualWhereverTheyLie()
    {
        var packet = "xxweb-frontend-12345yy"u8;
        for (var length = 0; length <= 18; length++)
        {
            Assert.That(ZoneHash.Of(packet.Slice(2, length)), Is.EqualTo(ZoneHash.Of(packet.Slice(2, length).ToArray())));
        }
    }

    /// <summary>Of 20,000 random hashes of 32 bits, 0.05 pairs collide; 20 would be a fault of the function.</summary>
    [Test]
    public void Hash_OfLikeNamesAndAddresses_IsDifferent()
    {
        var names = Enumerable.Range(0, 10_000).Select(i => ZoneHash.Of(1, Encoding.ASCII.GetBytes($"s{i}")));
        var longer = Enumerable.Range(0, 10_000).Select(i => ZoneHash.Of(1, Encoding.ASCII.GetBytes($"service-{i}-backend")));
        var addresses = Enumerable.Range(0, 20_000).Select(i => ZoneHash.Of(new NetworkAddress((UInt128)i, i % 2 == 0)));

        Assert.That(names.Concat(longer).Distinct().Count(), Is.GreaterThan(20_000 - 20));
        Assert.That(addresses.Distinct().Count(), Is.GreaterThan(20_000 - 20));
    }

    [Test]
    public void Hash_LowBitsOfNeighbouringAddresses_AreSpread()
    {
        var slots = Enumerable.Range(0, 4096).Select(i => ZoneHash.Of(new NetworkAddress((UInt128)(0x0A000000 + i), true)) & 4095);

        // A random spread leaves 1/e of the slots empty: 2,589 of 4,096 taken.
        Assert.That(slots.Distinct().Count(), Is.InRange(2400, 2800));
    }

    [Test]
    public void Hash_OfTheTwoFamilies_IsDifferent()
    {
        var v4 = Enumerable.Range(0, 1000).Select(i => ZoneHash.Of(new NetworkAddress((UInt128)(0x0A000000 + i), true)));
        var v6 = Enumerable.Range(0, 1000).Select(i => ZoneHash.Of(new NetworkAddress((UInt128)(0x0A000000 + i), false)));

        Assert.That(v4.Intersect(v6).Count(), Is.LessThan(5));
    }

    [Test]
    public void Hash_OfNameInAnotherNamespace_IsAnother() =>
        Assert.That(ZoneHash.Of(1, "web"u8), Is.Not.EqualTo(ZoneHash.Of(2, "web"u8)));
}
