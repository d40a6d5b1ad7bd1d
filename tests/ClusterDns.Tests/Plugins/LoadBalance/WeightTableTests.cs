using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.LoadBalance;

[TestFixture]
internal sealed class WeightTableTests
{
    private const string Text =
        """
        # which server gets how much

        WWW.example.org
        100.64.1.1   3
        100.64.1.2	1
        2001:db8::1 255

        mail.example.org.
        # none yet
        www.example.org.
        100.64.1.3 2
        """;

    [TestCase("www.example.org", "100.64.1.1", 3)]
    [TestCase("www.example.org", "2001:db8::1", 255)]
    [TestCase("www.example.org", "100.64.1.3", 2)]
    [TestCase("www.example.org", "100.64.1.9", 1)]
    [TestCase("mail.example.org", "100.64.1.1", 1)]
    [TestCase("other.example.org", "100.64.1.1", 1)]
    public void WeightOf_AddressOfAName_IsTheFilesOrOne(string name, string address, int weight)
    {
        Assert.That(WeightTable.TryParse("w", Text, out var table, out _), Is.True);
        Assert.That(NetworkAddress.TryParse(address, out var parsed), Is.True);

        Assert.That(WeightTable.WeightOf(table!.OfName(DnsName.Parse(name).Wire), parsed), Is.EqualTo(weight));
    }

    [TestCase("10.0.0.1 5", "missing domain name in weight file w, line 1")]
    [TestCase("a\n10.0.0.1", "wrong domain name: \"10.0.0.1\" (maybe a missing weight value?) in weight file w, line 2")]
    [TestCase("a..b", "wrong domain name: \"a..b\" (maybe a missing weight value?) in weight file w, line 1")]
    [TestCase("a\n10.0.0 5", "wrong IP address: \"10.0.0\" in weight file w, line 2")]
    [TestCase("a\n\n10.0.0.1 256", "wrong weight value: \"256\" in weight file w, line 3")]
    [TestCase("a\n10.0.0.1 -1", "wrong weight value: \"-1\" in weight file w, line 2")]
    [TestCase("a\n10.0.0.1 5 x", "could not parse weight line in weight file w, line 2")]
    public void Parse_Mistake_NamesFileAndLine(string text, string expected)
    {
        Assert.That(WeightTable.TryParse("w", text, out _, out var mistake), Is.False);
        Assert.That(mistake, Is.EqualTo(expected));
    }
}
