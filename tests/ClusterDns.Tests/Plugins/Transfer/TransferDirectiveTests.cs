using System.Net;
using ClusterDns.Plugins.Transfer;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Transfer;

[TestFixture]
internal sealed class TransferDirectiveTests
{
    [TestCase("transfer", 2, "'to' is required")]
    [TestCase("transfer {\n source 10.0.0.1\n}", 2, "'to' is required")]
    [TestCase("transfer {\n to\n}", 3, "Wrong argument count or unexpected line ending after 'to'")]
    [TestCase("transfer {\n from 10.0.0.1\n}", 3, "unknown property 'from'")]
    [TestCase("transfer {\n to * {\n }\n}", 3, "Unexpected token '{', expecting argument")]
    [TestCase("transfer {\n to *\n source ns1\n}", 4, "'ns1' is not an IP address")]
    [TestCase("transfer {\n to ns1\n}", 3, "'ns1' is not an IP address such as 10.0.0.1, 10.0.0.1:53 or [fd00::1]:53")]
    [TestCase("transfer {\n to 10.0.0.0/33\n}", 3, "'10.0.0.0/33' is not an IP address such as 10.0.0.1, 10.0.0.1:53 or [fd00::1]:53")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(TransferDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [TestCase("to *", "192.0.2.1", true)]
    [TestCase("to 10.0.0.1 *", "192.0.2.1", true)]
    [TestCase("to 10.0.0.1", "10.0.0.1", true)]
    [TestCase("to 10.0.0.1", "10.0.0.2", false)]
    [TestCase("to 10.0.0.1:5353", "10.0.0.1", true, Description = "a port is where CoreDNS sends its NOTIFY")]
    [TestCase("to [fd00::1]:53", "fd00::1", true)]
    [TestCase("to fd00::1", "fd00::2", false)]
    [TestCase("to 10.1.0.0/16", "10.1.200.3", true)]
    [TestCase("to 10.1.0.0/16", "10.2.0.1", false)]
    [TestCase("to 10.0.0.1\n to 10.0.0.2\n source 10.0.0.9", "10.0.0.2", true)]
    public void To_Addresses_AreWhoMayAsk(string properties, string client, bool isAllowed) =>
        Assert.That(
            Parse($"transfer {{\n {properties}\n}}").Allows(TransportAddress.From(new IPEndPoint(IPAddress.Parse(client), 4242))),
            Is.EqualTo(isAllowed));

    [TestCase("transfer {\n to *\n}", "block.test")]
    [TestCase("transfer a.test b.test:53 {\n to *\n}", "a.test b.test")]
    public void Zones_NamedOrNot_AreThoseOfTheLineOrTheBlock(string line, string zones) =>
        Assert.That(Parse(line).Zones, Is.EqualTo(zones.Split(' ').Select(zone => DnsName.Parse(zone))));

    private static TransferRule Parse(string line) =>
        TransferDirective.Parse(PluginFixture.ParseOne(line), [DnsName.Parse("block.test")]);
}
