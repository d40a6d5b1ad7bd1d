using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Targets;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class ResolvConfTests
{
    [Test]
    public void Parse_NameserverLines_KeepTheirNumbers()
    {
        const string Text = """
            # made by something
            search example.org
            nameserver 10.0.0.2
            ; nameserver 10.0.0.3
            	nameserver	fd00::2   # comment
            options ndots:5
            nameserver ten.zero
            nameserver
            nameservers 10.0.0.9
            nameserver 10.0.0.4
            """;
        var file = ResolvConf.Parse("resolv.conf", Text);
        Assert.That(
            file.Servers.Select(server => $"{server.Number}={server.Address}"),
            Is.EqualTo(["3=10.0.0.2", "5=fd00::2", "10=10.0.0.4"]));
    }

    [TestCase("nameserver 10.0.0.2\r\nnameserver 10.0.0.3\r\n", 2)]
    [TestCase("nameserver 10.0.0.2", 1)]
    public void Parse_LineEnds_OfAnyKind(string text, int servers) =>
        Assert.That(ResolvConf.Parse("f", text).Servers, Has.Count.EqualTo(servers));

    [TestCase("")]
    [TestCase("search example.org\n")]
    [TestCase("nameserver example.org\n")]
    public void Parse_NoNameserver_IsAFault(string text) =>
        Assert.That(ResolvConf.Parse("/etc/resolv.conf", text).Fault, Is.EqualTo("no nameservers found in /etc/resolv.conf"));

    [Test]
    public void Read_MissingFile_IsAFaultWithItsName() =>
        Assert.That(ResolvConf.Read("/no/such/file").Fault, Does.StartWith("/no/such/file cannot be read: "));

    [Test]
    public void Read_HugeFile_IsAFault()
    {
        using var folder = new FileFolder();
        var path = folder.Write("f", new string('x', ForwardLimits.MostFileOctets + 1));
        Assert.That(ResolvConf.Read(path).Fault, Is.EqualTo($"{path} has more than 65536 octets"));
    }
}
