using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward.Targets;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class TargetReaderTests
{
    [TestCase("10.0.0.2", "10.0.0.2", 53, false, null)]
    [TestCase("10.0.0.2:5353", "10.0.0.2", 5353, false, null)]
    [TestCase("dns://10.0.0.2", "10.0.0.2", 53, false, null)]
    [TestCase("fd00::2", "fd00::2", 53, false, null)]
    [TestCase("[fd00::2]", "fd00::2", 53, false, null)]
    [TestCase("[fd00::2]:5353", "fd00::2", 5353, false, null)]
    [TestCase("tls://9.9.9.9", "9.9.9.9", 853, true, null)]
    [TestCase("tls://9.9.9.9:8853", "9.9.9.9", 8853, true, null)]
    [TestCase("tls://9.9.9.9%dns.quad9.net", "9.9.9.9", 853, true, "dns.quad9.net")]
    [TestCase("tls://9.9.9.9%dns.quad9.net:8853", "9.9.9.9", 8853, true, "dns.quad9.net")]
    [TestCase("tls://9.9.9.9:8853%dns.quad9.net", "9.9.9.9", 8853, true, "dns.quad9.net")]
    [TestCase("tls://2620:fe::fe%dns.quad9.net", "2620:fe::fe", 853, true, "dns.quad9.net")]
    [TestCase("tls://2620:fe::fe%dns.quad9.net:8853", "2620:fe::fe", 8853, true, "dns.quad9.net")]
    [TestCase("tls://[2620:fe::fe]:8853", "2620:fe::fe", 8853, true, null)]
    public void Read_Address_HasPortAndName(string text, string address, int port, bool isTls, string? serverName) =>
        Assert.That(
            Read(text),
            Is.EqualTo(new ForwardTarget(TargetKind.Address, address, port, isTls, serverName, "Corefile:12")
            {
                Address = System.Net.IPAddress.Parse(address),
            }));

    [TestCase("dns.example.org", "dns.example.org", 53)]
    [TestCase("dns.example.org.:5353", "dns.example.org", 5353)]
    [TestCase("localhost", "localhost", 53)]
    [TestCase("tls://dns.google", "dns.google", 853)]
    public void Read_HostName_IsToBeResolved(string text, string host, int port)
    {
        var target = Read(text);
        Assert.That((target.Kind, target.Name, target.Port), Is.EqualTo((TargetKind.Host, host, port)));
    }

    [Test]
    public void Read_PathOfAFile_IsAFile()
    {
        using var folder = new FileFolder();
        var path = folder.Write("resolv.conf", "nameserver 10.0.0.2\n");
        var target = Read(path);
        Assert.That((target.Kind, target.Name, target.Port), Is.EqualTo((TargetKind.File, path, 53)));
    }

    [TestCase("10.0.0.2:")]
    [TestCase("10.0.0.2:99999")]
    [TestCase("-dns.example.org")]
    [TestCase("dns..example.org")]
    [TestCase("1.2.3")]
    [TestCase("/etc")]
    public void Read_NeitherOfThem_IsAMistake(string text) =>
        Assert.That(
            () => Read(text),
            Throws.TypeOf<CorefileException>().With.Message.EqualTo(
                $"Corefile:12 - Error during parsing: not an IP address or file: \"{text}\""));

    private static ForwardTarget Read(string text) => TargetReader.Read(new CorefileToken(text, "Corefile", 12));
}
