using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

internal sealed class DnsNameTests
{
    [TestCase("Cluster.LOCAL", "cluster.local.", 2)]
    [TestCase("cluster.local.", "cluster.local.", 2)]
    [TestCase(".", ".", 0)]
    public void Parse_Text_IsFoldedAndAbsolute(string text, string expected, int labels)
    {
        var name = DnsName.Parse(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(name.ToString(), Is.EqualTo(expected));
            Assert.That(name.LabelCount, Is.EqualTo(labels));
            Assert.That(name.IsRoot, Is.EqualTo(labels == 0));
        }
    }

    [Test]
    public void Parse_NoName_NamesTheText() =>
        Assert.That(() => DnsName.Parse("a..b"), Throws.TypeOf<FormatException>().With.Message.Contains("'a..b'"));

    [TestCase("a.b.c", "b.c", true)]
    [TestCase("b.c", "b.c", true)]
    [TestCase("b.c", ".", true)]
    [TestCase("b.c", "a.b.c", false)]
    [TestCase("ab.c", "b.c", false)]
    [TestCase("b.d", "b.c", false)]
    [TestCase(@"a\.b.c", "b.c", false)]
    public void IsAtOrBelow_Parent_IsFoundAtLabels(string name, string parent, bool expected) =>
        Assert.That(DnsName.Parse(name).IsAtOrBelow(DnsName.Parse(parent)), Is.EqualTo(expected));

    [Test]
    public void Equals_NamesInOtherCase_AreOne()
    {
        var one = DnsName.Parse("a.Example");
        var other = DnsName.FromWire(AnnotatedHex.Parse("""01 "A" 07 "EXAMPLE" 00"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other, Is.EqualTo(one));
            Assert.That(other.GetHashCode(), Is.EqualTo(one.GetHashCode()));
            Assert.That(one, Is.Not.EqualTo(DnsName.Parse("b.example")));
            Assert.That(DnsName.FromWire([0]), Is.SameAs(DnsName.Root));
        }
    }
}
