using System.Net;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Transport;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward.Admission;

[TestFixture]
internal sealed class ClientCountsTests
{
    [TestCase("10.244.0.5", "10.244.0.5", true)]
    [TestCase("10.244.0.5", "10.244.0.6", false)]
    [TestCase("::ffff:10.244.0.5", "10.244.0.5", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [TestCase("::", "0.0.0.0", false)]
    public void Client_IsAnAddressOrANetworkOf64Bits(string one, string other, bool isSame)
    {
        var counts = new ClientCounts();
        counts.Add(counts.CellsOf(Address(one, 1000)));
        Assert.That(counts.Read(counts.CellsOf(Address(other, 2000))), Is.EqualTo(isSame ? 1 : 0));
    }

    [Test]
    public void Cells_OfOneAddress_DifferFromInstanceToInstance()
    {
        var client = Address("10.244.0.5", 53);
        var cells = Enumerable.Range(0, 20).Select(_ => new ClientCounts().CellsOf(client)).Distinct();
        Assert.That(cells.Count(), Is.EqualTo(20));
    }

    /// <summary>Against a dictionary: never less than the truth, and nothing left when all have gone.</summary>
    [Test]
    public void Counts_OfAnySequence_AreNeverTooSmallAndEndAtZero()
    {
        Gen.Select(Gen.UInt[0, 300], Gen.Bool).List[1, 400].Sample(
            steps =>
            {
                var counts = new ClientCounts();
                var model = new Dictionary<uint, int>();
                foreach (var (host, isArrival) in steps)
                {
                    var cells = counts.CellsOf(Client(host));
                    if (isArrival)
                    {
                        counts.Add(cells);
                        model[host] = model.GetValueOrDefault(host) + 1;
                    }
                    else if (model.GetValueOrDefault(host) > 0)
                    {
                        counts.Remove(cells);
                        model[host]--;
                    }
                }

                var isNeverTooSmall = model.All(entry => counts.Read(counts.CellsOf(Client(entry.Key))) >= entry.Value);
                foreach (var (host, count) in model)
                {
                    for (var i = 0; i < count; i++)
                    {
                        counts.Remove(counts.CellsOf(Client(host)));
                    }
                }

                return isNeverTooSmall && model.Keys.All(host => counts.Read(counts.CellsOf(Client(host))) == 0);
            },
            iter: 200);
    }

    [Test]
    public void Innocents_BesideAHundredFlooders_AreTakenForThemselves()
    {
        var counts = new ClientCounts();
        for (var flooder = 0u; flooder < 100; flooder++)
        {
            for (var i = 0; i < 50; i++)
            {
                counts.Add(counts.CellsOf(Client(flooder)));
            }
        }

        // One in ten thousand is expected to be mistaken; a hundred of them would be chance less than once in a lifetime.
        var mistaken = Enumerable.Range(1000, 10_000).Count(host => counts.Read(counts.CellsOf(Client((uint)host))) > 0);
        Assert.That(mistaken, Is.LessThan(100));
    }

    private static TransportAddress Client(uint host) => TransportAddress.From(new IPEndPoint(new IPAddress(host + 10), 53));

    private static TransportAddress Address(string text, int port) =>
        TransportAddress.From(new IPEndPoint(IPAddress.Parse(text), port));
}
