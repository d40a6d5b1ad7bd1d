using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>The table of pods at the size of a large cluster, and while it is rearranged.</summary>
internal sealed class PodTableTests
{
    private const int LargeCluster = 150_000;
    private const int MostOctetsOfAPod = 80;

    [Test]
    public void Table_OfALargeCluster_HoldsAPodInSomeTensOfOctets()
    {
        var table = new PodTable();
        var parents = Enumerable.Range(0, 500).Select(i => new NamespaceEntry(new ZoneTables(), Octets($"team-{i}"))).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < LargeCluster; i++)
        {
            table.Add(parents[i % parents.Length], Record($"backend-service-7d9f8b6c5d-{i:x5}", AddressOf(i)));
        }

        var octets = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)LargeCluster;
        TestContext.Out.WriteLine($"{octets:F1} octets a pod");
        Assert.That(octets, Is.LessThan(MostOctetsOfAPod));
        Assert.That(NameAt(table, AddressOf(LargeCluster - 1)), Does.EndWith($"-{LargeCluster - 1:x5}"));
    }

    [Test]
    public void TryFindClient_InALargeCluster_AllocatesNothing()
    {
        var zone = new ZoneUnderTest().Apply(Enumerable.Range(0, 500).Select(i => Namespace($"team-{i}")));
        zone.Apply(Enumerable.Range(0, LargeCluster).Select(i => ClusterChange.Put(
            new PodRecord(Key($"team-{i % 500}/backend-{i:x5}"), AddressOf(i), SecondAddressOf(i), IsHostNetwork: false))));
        var (asked, found) = (0, 0);

        var allocated = Allocation.Of(() =>
        {
            var number = asked++ * 7919 % LargeCluster;
            var address = (asked & 1) == 0 ? AddressOf(number) : SecondAddressOf(number);
            found += zone.Zone.TryFindClient(address, out var pod) && pod.Address == AddressOf(number) ? 1 : 0;
        });

        Assert.That((allocated, found), Is.EqualTo((0L, asked)));
        Assert.That(zone.Zone.TryFindClient(AddressOf(LargeCluster), out _), Is.False);
    }

    [Test]
    public void Table_AfterAnyNumberOfChanges_IsNoLargerThanWhatIsInIt()
    {
        var table = new PodTable();
        var parent = new NamespaceEntry(new ZoneTables(), "shop"u8);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < LargeCluster; i++)
        {
            table.Add(parent, Record($"web-{i}", AddressOf(i)));
            if (i >= 1000)
            {
                table.Remove(table.Locate(parent, Octets($"web-{i - 1000}")));
            }
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(1_000_000));
        Assert.That(table.NotIn(1), Has.Count.EqualTo(1000));
    }

    /// <summary>Random changes beside a dictionary: what one finds the other finds.</summary>
    [Test]
    public void Table_AfterRandomChanges_AgreesWithADictionary()
    {
        var random = new Random(1);
        var table = new PodTable();
        var parent = new NamespaceEntry(new ZoneTables(), "shop"u8);
        var model = new Dictionary<string, NetworkAddress>();
        for (var i = 0; i < 100_000; i++)
        {
            var name = $"web-{random.Next(5000)}";
            if (model.Remove(name))
            {
                table.Remove(table.Locate(parent, Octets(name)));
            }
            else
            {
                model[name] = AddressOf(random.Next(3000));
                table.Add(parent, Record(name, model[name]));
            }
        }

        foreach (var owners in model.ToLookup(pod => pod.Value, pod => pod.Key))
        {
            var found = new List<string>();
            var matches = table.Find(owners.Key);
            while (matches.MoveNext())
            {
                found.Add(ZoneText.Ascii(matches.Current.Name));
            }

            Assert.That(found, Is.EquivalentTo(owners));
        }
    }

    /// <summary>Pods that stay are always found, whole and once, while thousands around them come and go.</summary>
    [Test]
    public void Find_WhileThePagesAreRearranged_AlwaysFindsWhatStays()
    {
        var zone = new ZoneUnderTest().Apply(Namespace("shop"));
        string[] staying = [.. Enumerable.Range(0, 50).Select(i => $"stays-{i}")];
        zone.Apply([.. staying.Select((name, i) => Pod($"shop/{name}", $"10.1.0.{i}"))]);
        using var stop = new CancellationTokenSource();
        var reading = Task.Factory.StartNew(() => ReadUntil(stop.Token, zone.Zone), TaskCreationOptions.LongRunning);
        for (var i = 0; i < 60_000; i++)
        {
            zone.Apply(Pod($"shop/comes-{i}", $"10.{2 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}"));
            if (i >= 4000)
            {
                zone.Apply(ClusterChange.Remove(ResourceKind.Pod, Key($"shop/comes-{i - 4000}")));
            }
        }

        stop.Cancel();
        Assert.That(reading.GetAwaiter().GetResult(), Is.GreaterThan(1000));
    }

    private static int ReadUntil(CancellationToken stop, ClusterZone zone)
    {
        var reads = 0;
        for (; !stop.IsCancellationRequested; reads++)
        {
            var expected = $"stays-{reads % 50}";
            if (!zone.TryFindClient(Address($"10.1.0.{reads % 50}"), out var pod) || ZoneText.Ascii(pod.Name) != expected)
            {
                throw new AssertionException($"{expected} was not found after {reads} reads");
            }
        }

        return reads;
    }

    private static NetworkAddress AddressOf(int number) => new((UInt128)(0x0A000000u + (uint)number), IsIPv4: true);

    private static NetworkAddress SecondAddressOf(int number) => new(((UInt128)0xFD << 120) + (UInt128)number, IsIPv4: false);

    private static byte[] Octets(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Record(string name, NetworkAddress address)
    {
        Span<byte> record = stackalloc byte[PodLayout.MaxLength];
        var pod = new PodRecord(new ObjectKey("shop", name), address, null, IsHostNetwork: false);
        return record[..PodLayout.Write(record, PodTable.MarkOf(0), Octets(name), pod)].ToArray();
    }

    private static string NameAt(PodTable table, NetworkAddress address)
    {
        var matches = table.Find(address);
        return matches.MoveNext() ? ZoneText.Ascii(matches.Current.Name) : "";
    }
}
