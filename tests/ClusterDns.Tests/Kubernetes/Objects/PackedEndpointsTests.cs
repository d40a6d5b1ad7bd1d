using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Objects;

internal sealed class PackedEndpointsTests
{
    [Test]
    public void Endpoints_Packed_ReadAsTheyWereAdded() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.UInt, Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char['a', 'f'], 1, 9]), Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char['0', '9'], 1, 9])).Array[0, 40])
            .Sample((isIPv4, endpoints) =>
            {
                var builder = new PackedEndpoints.Builder(isIPv4);
                foreach (var (bits, hostname, podName) in endpoints)
                {
                    builder.TryAdd(new NetworkAddress(bits, isIPv4), hostname, podName);
                }

                var packed = builder.Build();
                return packed.Count == endpoints.Length && endpoints.Select((endpoint, i) => (endpoint, i)).All(pair =>
                    NetworkAddress.FromOctets(packed.Address(pair.i)) == new NetworkAddress(pair.endpoint.Item1, isIPv4)
                    && Encoding.ASCII.GetString(packed.Hostname(pair.i)) == pair.endpoint.Item2
                    && Encoding.ASCII.GetString(packed.PodName(pair.i)) == pair.endpoint.Item3);
            });

    [Test]
    public void Endpoint_OfTheOtherFamily_IsRefused()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true);

        Assert.That(builder.TryAdd(TestObjects.Address("::1"), "a", null), Is.False);
        Assert.That(builder.Build().Count, Is.Zero);
    }

    [Test]
    public void IndexOf_WalksThroughEqualAddresses()
    {
        var packed = TestObjects.Group("10.0.0.1 10.0.0.2 10.0.0.1");
        var address = TestObjects.Address("10.0.0.1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(packed.IndexOf(address, 0), Is.EqualTo(0));
            Assert.That(packed.IndexOf(address, 1), Is.EqualTo(2));
            Assert.That(packed.IndexOf(address, 3), Is.EqualTo(-1));
            Assert.That(packed.IndexOf(TestObjects.Address("::a00:1"), 0), Is.EqualTo(-1), "other family");
            Assert.That(TestObjects.Group("::1 ::2").IndexOf(TestObjects.Address("::2"), 0), Is.EqualTo(1));
        }
    }

    [Test]
    public void PodName_LongerThanALabel_CountsAsNone()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true);
        builder.TryAdd(TestObjects.Address("10.0.0.1"), null, new string('p', 63));
        builder.TryAdd(TestObjects.Address("10.0.0.2"), null, new string('p', 64));
        builder.TryAdd(TestObjects.Address("10.0.0.3"), null, "with.dot");

        var packed = builder.Build();

        Assert.That(new[] { packed.PodName(0).Length, packed.PodName(1).Length, packed.PodName(2).Length }, Is.EqualTo(new[] { 63, 0, 0 }));
        Assert.That(packed.RefusedNames, Is.Zero, "pod names may be longer than a label");
    }

    [Test]
    public void Port_WithoutNumber_IsKept()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true) { Ports = [new PortRecord("", "tcp", PortRecord.None)] };

        Assert.That(builder.Build().Ports.ToArray().Single().Number, Is.EqualTo(PortRecord.None));
    }

    [Test]
    public void ManyPorts_AreReadOnce()
    {
        var builder = new PackedEndpoints.Builder(isIPv4: true)
        {
            Ports = Enumerable.Range(0, 60_000).Select(i => new PortRecord($"p{i % 30_000}", "tcp", 80)).ToArray(),
        };

        Assert.That(builder.Build().Ports.Length, Is.EqualTo(30_000));
    }
}
