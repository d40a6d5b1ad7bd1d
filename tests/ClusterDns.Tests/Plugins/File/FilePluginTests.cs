using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Serving.Tracing;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>Which zone answers, who is asked else, and what is told of it.</summary>
[TestFixture]
internal sealed class FilePluginTests
{
    private static readonly string[] Records =
        ["@ 60 NS ns", "www 60 A 192.0.2.1", "gone 60 CNAME gone.example.net.", "sub 60 NS ns.sub", "alias 60 CNAME www.sub"];

    [TestCase("", "nowhere A", "NXDOMAIN AA")]
    [TestCase("fallthrough", "nowhere A", "next")]
    [TestCase("fallthrough", "www TXT", "NOERROR AA")]
    [TestCase("fallthrough", "gone A", "next", TestName = "An alias to a name that does not exist falls through")]
    [TestCase("fallthrough", "x.sub A", "NOERROR")]
    [TestCase("fallthrough sub2.example.org", "nowhere A", "NXDOMAIN AA")]
    [TestCase("fallthrough sub2.example.org", "nowhere.sub2 A", "next")]
    [TestCase("", "www AXFR", "failed REFUSED")]
    [TestCase("", "www IXFR", "failed REFUSED")]
    [TestCase("", "www.example.net. A", "next")]
    public async Task Question_Asked_GoesToWhomTheOptionSays(string option, string question, string first)
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, Records));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path} {{\n {option}\n }}");
        Assert.That(ZoneAnswers.Ask(fixture, question)[0], Is.EqualTo(first));
    }

    [Test]
    public async Task Question_OfAnotherClass_IsDeclined()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, Records));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path}");
        Assert.That(fixture.AskFor("www.example.org A CH"), Is.EqualTo("next"));
    }

    [Test]
    public async Task Question_OfNoZoneAndNobodyBehind_IsRefused()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, Records));
        await using var server = await RunningServer.StartAsync($".:0 {{\n file {disk.Path} example.org\n }}");
        var reply = await server.AskUdpAsync(QueryFactory.Packet("www.example.net.", RecordType.A));
        Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)), Is.EqualTo(ResponseCode.Refused));
    }

    [Test]
    public async Task Zones_OneInTheOther_AreAnsweredByTheLongest()
    {
        using var outer = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, Records));
        using var inner = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(2, "www 60 A 192.0.2.2"));
        await using var fixture = new PluginFixture(
            FileDirective.Descriptor, $"file {outer.Path}\nfile {inner.Path} sub.example.org example.net");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Is.EqualTo("www.example.org. 60 IN A 192.0.2.1"));
            Assert.That(ZoneAnswers.Ask(fixture, "www.sub A")[1], Is.EqualTo("www.sub.example.org. 60 IN A 192.0.2.2"));
            Assert.That(ZoneAnswers.Ask(fixture, "www.example.net. A")[1], Is.EqualTo("www.example.net. 60 IN A 192.0.2.2"));
            Assert.That(
                ZoneAnswers.Ask(fixture, "alias A")[1..3],
                Is.EqualTo(["alias.example.org. 60 IN CNAME www.sub.example.org.", "www.sub.example.org. 60 IN A 192.0.2.2"]));
        }
    }

    [Test]
    public async Task Zone_OfTheRoot_IsAZoneLikeAnyOther()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "org 60 NS ns.org", "ns.org 60 A 192.0.2.1", "* 60 TXT x", "@ 60 NS ns.org"));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path} .");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ZoneAnswers.Ask(fixture, "www A"),
                Is.EqualTo(["NOERROR", "? org. 60 IN NS ns.org.", "+ ns.org. 60 IN A 192.0.2.1"]));
            Assert.That(ZoneAnswers.Ask(fixture, "test. TXT"), Is.EqualTo(["NOERROR AA", "test. 60 IN TXT \"x\"", "? . 60 IN NS ns.org."]));
            Assert.That(ZoneAnswers.Ask(fixture, ". SOA")[1], Is.EqualTo(". 60 IN SOA ns. hostmaster. 1 2 3 4 5"));
        }
    }

    [Test]
    public async Task Zone_OfACidr_IsItsReverseZone()
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "1.0.0 60 PTR www.example.org."));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path} 10.0.0.0/8");
        Assert.That(ZoneAnswers.Ask(fixture, "1.0.0.10.in-addr.arpa. PTR")[1], Is.EqualTo("1.0.0.10.in-addr.arpa. 60 IN PTR www.example.org."));
    }

    [Test]
    public async Task Zone_InTwoLines_IsTheLast()
    {
        using var first = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, "www 60 A 192.0.2.1"));
        using var second = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(2, "www 60 A 192.0.2.2"));
        await using var fixture = new PluginFixture(
            FileDirective.Descriptor, $"file {first.Path} {{\n fallthrough\n }}\nfile {second.Path}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ZoneAnswers.Ask(fixture, "www A")[1], Is.EqualTo("www.example.org. 60 IN A 192.0.2.2"));
            Assert.That(ZoneAnswers.Ask(fixture, "nowhere A"), Is.EqualTo(["next"]), "fallthrough is for all lines");
        }
    }

    [TestCase("www A", FileOutcome.Answered)]
    [TestCase("www TXT", FileOutcome.NoData)]
    [TestCase("nowhere A", FileOutcome.NameError)]
    [TestCase("x.sub A", FileOutcome.Referral)]
    [TestCase("gone A", FileOutcome.LeadsOut)]
    public async Task Trace_OfAQuestion_TellsWhatTheFileSays(string question, FileOutcome outcome)
    {
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, Records));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path}");
        Mnemonic.TryParse(question.Split(' ')[1], out RecordType type);
        using var query = QueryFactory.Ask($"{question.Split(' ')[0]}.example.org.", type);
        query.Trace = new QueryTrace();
        fixture.Ask(query);
        Assert.That(
            query.Trace.Steps.OfType<FileStep>(),
            Is.EqualTo([new FileStep(disk.Path, DnsName.Parse("example.org"), outcome, FallsThrough: false)]));
    }

    [Test]
    public async Task Answer_LargerThanAMessage_IsCutAndSaysSo()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => $"www 60 A 10.0.{i / 256}.{i % 256}").ToArray();
        using var disk = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(1, lines));
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {disk.Path}");
        using var query = QueryFactory.Ask("www.example.org.", RecordType.A);
        fixture.Ask(query);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(query.Reply.AnswerCount, Is.EqualTo(4094).Within(2));
            Assert.That(query.Reply.IsTruncated, Is.True);
        }
    }
}
