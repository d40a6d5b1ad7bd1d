using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Bind;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Bind;

[TestFixture]
internal sealed class BindDirectiveTests
{
    private static readonly ILookup<string, IPAddress> Interfaces = new[]
    {
        ("lo", "127.0.0.1"), ("lo", "::1"), ("eth0", "10.0.0.7"), ("eth0", "fd00::7"), ("nodelocaldns", "169.254.20.10"),
    }.ToLookup(pair => pair.Item1, pair => IPAddress.Parse(pair.Item2));

    [TestCase("bind 127.0.0.1", "127.0.0.1")]
    [TestCase("bind 169.254.20.10 10.96.0.10", "169.254.20.10 10.96.0.10")]
    [TestCase("bind ::1 ::1", "::1")]
    [TestCase("bind lo", "127.0.0.1 ::1")]
    [TestCase("bind eth0 lo 10.0.0.7", "10.0.0.7 fd00::7 127.0.0.1 ::1")]
    [TestCase("bind lo {\n except 127.0.0.1\n}", "::1")]
    [TestCase("bind lo eth0 {\n except eth0\n except ::1\n}", "127.0.0.1")]
    public void Parse_AddressesAndInterfaces_AreListedOnce(string line, string expected) =>
        Assert.That(
            string.Join(' ', BindDirective.Parse(PluginFixture.ParseOne(line), Interfaces)),
            Is.EqualTo(expected));

    [TestCase("bind", "at least one address or interface name is expected")]
    [TestCase("bind nosuchif", "not a valid IP address or interface name: \"nosuchif\"")]
    [TestCase("bind 10.1", "not a valid IP address or interface name: \"10.1\"")]
    [TestCase("bind fe80::1%eth0", "not a valid IP address or interface name: \"fe80::1%eth0\"")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(ErrorOf(line), Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));

    [TestCase("bind lo {\n exept 127.0.0.1\n}", "invalid option \"exept\"")]
    [TestCase("bind lo {\n except\n}", "at least one address or interface must be given to except subdirective")]
    [TestCase("bind lo {\n except eth7\n}", "not a valid IP address or interface name: \"eth7\"")]
    public void Parse_MistakeInProperty_NamesItsLine(string line, string text) =>
        Assert.That(ErrorOf(line), Is.EqualTo($"Corefile:3 - Error during parsing: {text}"));

    [Test]
    public async Task SetUp_SeveralLines_AddUpInTheBlock()
    {
        await using var fixture = new PluginFixture(BindDirective.Descriptor, "bind 127.0.0.1\nbind ::1 127.0.0.1");

        Assert.That(fixture.Block.BindAddresses, Is.EqualTo([IPAddress.Loopback, IPAddress.IPv6Loopback]));
    }

    [Test]
    public void SetUp_EverythingExcepted_IsAMistakeNotEveryAddress() =>
        Assert.That(
            PluginFixture.ErrorOf(BindDirective.Descriptor, "bind 127.0.0.1 {\n except 127.0.0.1\n}"),
            Is.EqualTo("Corefile:2 - Error during parsing: no address is left to bind to"));

    [Test]
    public async Task SetUp_InterfaceOfThisMachine_HasItsAddresses()
    {
        await using var fixture = new PluginFixture(BindDirective.Descriptor, "bind lo");

        Assert.That(fixture.Block.BindAddresses, Does.Contain(IPAddress.Loopback));
    }

    private static string ErrorOf(string line) =>
        Assert.Throws<CorefileException>(() => BindDirective.Parse(PluginFixture.ParseOne(line), Interfaces))!.Message;
}
