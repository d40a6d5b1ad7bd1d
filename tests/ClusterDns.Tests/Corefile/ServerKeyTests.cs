using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class ServerKeyTests
{
    [TestCase(".", "dns://.:1053")]
    [TestCase(".:53", "dns://.:53")]
    [TestCase("Example.ORG", "dns://example.org.:1053")]
    [TestCase("example.org.:5300", "dns://example.org.:5300")]
    [TestCase("dns://example.org", "dns://example.org.:1053")]
    [TestCase("tls://.", "tls://.:853")]
    [TestCase("tls://example.org:8853", "tls://example.org.:8853")]
    [TestCase("quic://.", "quic://.:853")]
    [TestCase("grpc://.", "grpc://.:443")]
    [TestCase("https://.", "https://.:443")]
    [TestCase("https3://.", "https3://.:443")]
    [TestCase("hostname.bind:5353", "dns://hostname.bind.:5353")]
    [TestCase("10.in-addr.arpa:0", "dns://10.in-addr.arpa.:0")]
    public void Key_OfAZone_HasSchemeZoneAndPort(string key, string server)
    {
        Assert.That(Servers(key), Is.EqualTo([server]));
    }

    [TestCase("127.0.0.1:9153", "dns://127.0.0.1.:9153")]
    [TestCase("10.0.0.1", "dns://10.0.0.1.:1053")]
    [TestCase("foo://example.org", "dns://foo://example.org.:1053")]
    [TestCase("example.org:dns", "dns://example.org:dns.:1053")]
    [TestCase("fd00::1", "dns://fd00:.:1")]
    public void Key_ThatLooksLikeSomethingElse_IsAnOddZone(string key, string server)
    {
        Assert.That(Servers(key), Is.EqualTo([server]));
    }

    [TestCase("10.0.0.0/8", "10.in-addr.arpa.")]
    [TestCase("10.1.2.3/16", "1.10.in-addr.arpa.")]
    [TestCase("10.1.2.0/24:53", "2.1.10.in-addr.arpa.")]
    [TestCase("10.1.2.3/32", "3.2.1.10.in-addr.arpa.")]
    [TestCase("0.0.0.0/0", "in-addr.arpa.")]
    [TestCase("10.0.0.0/23", "0.0.10.in-addr.arpa.", "1.0.10.in-addr.arpa.")]
    [TestCase("10.4.2.0/14", "4.10.in-addr.arpa.", "5.10.in-addr.arpa.", "6.10.in-addr.arpa.", "7.10.in-addr.arpa.")]
    [TestCase("192.0.2.254/31", "254.2.0.192.in-addr.arpa.", "255.2.0.192.in-addr.arpa.")]
    [TestCase("2001:db8::/32", "8.b.d.0.1.0.0.2.ip6.arpa.")]
    [TestCase("fd00::/8", "d.f.ip6.arpa.")]
    [TestCase("FD00:10::/31:53", "0.1.0.0.0.0.d.f.ip6.arpa.", "1.1.0.0.0.0.d.f.ip6.arpa.")]
    [TestCase("2000::/3", "2.ip6.arpa.", "3.ip6.arpa.")]
    [TestCase("fd00::/7", "c.f.ip6.arpa.", "d.f.ip6.arpa.")]
    public void Key_OfACidr_IsItsReverseZones(string key, params string[] zones)
    {
        Assert.That(Parse(key).Select(server => server.Zone.ToString()), Is.EqualTo(zones));
    }

    [TestCase("172.16.0.0/12", 16)]
    [TestCase("10.0.0.0/9", 128)]
    [TestCase("10.0.0.128/25", 128)]
    [TestCase("fd00::/61", 8)]
    public void Key_OfACidrBetweenLabels_IsAsManyZonesAsTheLabelHasValues(string key, int count)
    {
        Assert.That(Servers(key).Distinct().Count(), Is.EqualTo(count));
    }

    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0/8")]
    [TestCase("010.0.0.0/8")]
    [TestCase("10.0.0.0/+8")]
    [TestCase("fd00::/129")]
    [TestCase("[fd00::]/64")]
    [TestCase("fe80::%1/64")]
    public void Key_OfNoCidr_IsAZoneAsWritten(string key)
    {
        Assert.That(Parse(key).Select(server => server.Zone.ToString()), Is.EqualTo([key + "."]));
    }

    [TestCase("", "expecting data after last colon: \"\"")]
    [TestCase(".:", "expecting data after last colon: \".:\"")]
    [TestCase(":53", "zone is not a valid domain name: ")]
    [TestCase("..", "zone is not a valid domain name: ..")]
    [TestCase("a..b:53", "zone is not a valid domain name: a..b")]
    [TestCase(".:53{", "zone is not a valid domain name: .:53{")]
    [TestCase("example.org:70000", "invalid port 70000")]
    [TestCase("example.org:-1", "invalid port -1")]
    [TestCase("::/0", "invalid CIDR ::/0")]
    [TestCase("0::/8", "invalid CIDR 0::/8")]
    public void Key_Mistaken_IsReportedWithFileAndLine(string key, string reason)
    {
        Assert.That(Error(key), Is.EqualTo($"Corefile:7 - error inspecting server blocks: {reason}"));
    }

    [Test]
    public void Key_LongerThanAName_IsReportedWithItsLength()
    {
        Assert.That(Error(new string('é', 128)), Does.EndWith("specified zone is too long: 256 > 255"));
    }

    [TestCase("foo_bar", "foo_bar.")]
    [TestCase("127.0.0.1:53", "127.0.0.1.")]
    [TestCase("a-.org", "a-.org.")]
    [TestCase("1a.org", "1a.org.")]
    [TestCase("-a.org", "-a.org.")]
    [TestCase("a.org,b.org", "a.org,b.org.")]
    public void Warning_OfAnOddName_NamesIt(string key, string zone)
    {
        Assert.That(
            Parse(key).Single().Warning,
            Is.EqualTo($"Warning: Domain \"{zone}\" does not follow RFC1035 preferred syntax"));
    }

    [Test]
    public void Warning_OfAUsualName_IsNone(
        [Values(".", "Example.org", "a", "a-1.b2.c", "10.0.0.0/8", "in-addr.arpa", "2001:db8::/32")] string key)
    {
        Assert.That(Parse(key).Single().Warning, Is.Null);
    }

    private static IReadOnlyList<ServerKey> Parse(string key) =>
        ServerKey.Parse(new CorefileToken(key, "Corefile", 7), dnsPort: 1053);

    private static IEnumerable<string> Servers(string key) => Parse(key).Select(server => server.ToString());

    private static string Error(string key) => Assert.Throws<CorefileException>(() => Parse(key))!.Message;
}
