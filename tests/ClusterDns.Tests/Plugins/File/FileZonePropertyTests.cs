using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Records;
using ClusterDns.Testing;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>Whatever the zone: it answers what the model does, and stands in order.</summary>
[TestFixture]
internal sealed class FileZonePropertyTests
{
    private static readonly string[] Labels = ["a", "b", "*", "c", "\\000"];
    private static readonly string[] Types = ["A", "TXT", "CNAME", "NS", "DNAME", "DS"];

    private static readonly Gen<string> Name =
        Gen.Int[0, Labels.Length - 1].Array[0, 4].Select(numbers => string.Join('.', numbers.Select(number => Labels[number])));

    private static readonly Gen<(string Owner, string Type, string Data)[]> Zone =
        Gen.Select(Name, Gen.Int[0, Types.Length - 1], Gen.Int[0, 3], (owner, type, number) => (owner, Types[type], DataOf(Types[type], number)))
            .Array[0, 10];

    [Test]
    public void Zone_OfAnyRecords_AnswersAsTheModelDoes() =>
        Gen.Select(Zone, Name.Array[20], Gen.Int[0, Types.Length - 1]).Sample(
            (records, names, type) =>
            {
                var zone = Build(records);
                var model = new ZoneModel([("", "SOA", ""), .. records]);
                foreach (var name in names.Concat(records.Select(record => record.Owner)))
                {
                    Assert.That(Ask(zone, name, Types[type]), Is.EqualTo(model.Ask(name, Types[type])), $"{name} {Types[type]} in {string.Join("; ", records)}");
                }
            },
            iter: 5_000);

    [Test]
    public void Zone_OfAnyRecords_IsWalkedInCanonicalOrder() =>
        Zone.Sample(
            records =>
            {
                var zone = Build(records);
                var names = Enumerable.Range(0, zone.NodeCount).Select(node => zone.NameOf(node).ToArray()).ToList();
                Assert.That(names[FileZone.Apex], Is.EqualTo(zone.Origin.Wire.ToArray()));
                Assert.That(names, Is.Unique);
                Assert.That(names.Zip(names.Skip(1)).All(pair => CanonicalOrder.Compare(pair.First, pair.Second) < 0), Is.True);
                var total = Enumerable.Range(0, zone.NodeCount)
                    .Sum(node => zone.SetsOf(node).ToArray().Sum(set => zone.RecordsOf(set).Length));
                Assert.That(total, Is.EqualTo(records.Distinct().Count() + 1));
            },
            iter: 2_000);

    // RFC 4034, 6.1.
    [Test]
    public void CanonicalOrder_OfTheRfcsExample_IsThatOfTheRfc()
    {
        string[] order =
        [
            "example.", "a.example.", "yljkjljk.a.example.", "z.a.example.", "zabc.a.example.", "z.example.", "\\001.z.example.",
            "*.z.example.", "\\200.z.example.",
        ];
        for (var left = 0; left < order.Length; left++)
        {
            for (var right = 0; right < order.Length; right++)
            {
                Assert.That(
                    Math.Sign(CanonicalOrder.Compare(DnsName.Parse(order[left]).Wire, DnsName.Parse(order[right]).Wire)),
                    Is.EqualTo(Math.Sign(left.CompareTo(right))),
                    $"{order[left]} and {order[right]}");
            }
        }
    }

    private static string Ask(FileZone zone, string name, string type)
    {
        Mnemonic.TryParse(type, out RecordType recordType);
        using var query = QueryFactory.Ask(Absolute(name), recordType);
        var match = ZoneMatch.Find(zone, query.Name, recordType);
        var at = WireName.ToText(zone.NameOf(match.Node)).Replace(zone.Origin.ToString(), "", StringComparison.Ordinal).TrimEnd('.');
        return match.Kind switch
        {
            ZoneMatchKind.Delegation => $"referral {at}",
            ZoneMatchKind.Redirection => $"redirection {at}",
            ZoneMatchKind.NameError => "nxdomain",
            _ => Describe(zone, match.Node, recordType),
        };
    }

    private static string Describe(FileZone zone, int node, RecordType type)
    {
        var set = zone.Find(node, RecordType.CNAME) is { IsEmpty: false } alias ? alias : zone.Find(node, type);
        var found = zone.RecordsOf(set).ToArray().Select(record => $"{Mnemonic.Of(set.Type)} {RecordText.FormatData(set.Type, RecordClass.IN, zone.DataOf(record))}");
        return set.IsEmpty ? "nodata" : string.Join(", ", found.Order(StringComparer.Ordinal));
    }

    private static FileZone Build((string Owner, string Type, string Data)[] records)
    {
        var builder = new FileZoneBuilder(DnsName.Parse("example.org"));
        foreach (var (owner, type, data) in records.Prepend(("", "SOA", "ns. hostmaster. 1 2 3 4 5")))
        {
            builder.Add(RecordParser.TryParse($"{Absolute(owner)} 60 {type} {data}", out var record, out var error) ? record : throw new FormatException(error));
        }

        return builder.Build();
    }

    private static string Absolute(string name) => name == "" ? "example.org." : $"{name}.example.org.";

    private static string DataOf(string type, int number) => type switch
    {
        "A" => $"192.0.2.{number}",
        "TXT" => $"\"{number}\"",
        "DS" => $"{number} 13 2 AB",
        _ => $"target{number}.example.net.",
    };
}
