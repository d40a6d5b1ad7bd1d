using ClusterDns.Plugins.Status;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class StatusDirectiveTests
{
    [TestCase("status", "localhost:8053")]
    [TestCase("status :8053", ":8053")]
    [TestCase("status unix:/run/status.sock", "unix:/run/status.sock")]
    public void Parse_Address_OrThisMachineOnly(string line, string address)
    {
        var options = StatusDirective.Parse(PluginFixture.ParseOne(line));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.Address, Is.EqualTo(address));
            Assert.That(options.HostNames, Is.Empty);
            Assert.That(options.HasControls, Is.False);
        }
    }

    [Test]
    public void Parse_HostsAndControl_AreKept()
    {
        var options = StatusDirective.Parse(PluginFixture.ParseOne("status {\n host dns.example dns\n host other\n control\n}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.HostNames, Is.EqualTo(["dns.example", "dns", "other"]));
            Assert.That(options.HasControls, Is.True);
        }
    }

    [TestCase("status a b", 2, "Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("status 8053", 2, "address 8053: missing port in address")]
    [TestCase("status unix:run/x", 2, "address unix:run/x: the path of a unix socket begins with '/'")]
    [TestCase("status {\n host a:80\n}", 3, "'a:80' is no host name: without port, as a browser has it in front of the colon")]
    [TestCase("status {\n host\n}", 3, "Wrong argument count or unexpected line ending after 'host'")]
    [TestCase("status {\n control yes\n}", 3, "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("status {\n password x\n}", 3, "unknown property 'password'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(StatusDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void Parse_PathOfASocketTooLong_IsRefused() =>
        Assert.That(
            PluginFixture.ErrorOf(StatusDirective.Descriptor, "status unix:/" + new string('x', 107)),
            Does.EndWith("the path of a unix socket is longer than 107 octets"));
}
