using ClusterDns.Plugins.Hosts;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Hosts;

[TestFixture]
internal sealed class HostsPluginTests
{
    private const string File = """
        # addresses of the machines
        10.0.0.1    www.example.org  Www2.Example.ORG.   # two names
        10.0.0.2    www.example.org
        10.0.0.1    www.example.org
        fd00::1%eth0 www.example.org
        10.0.0.9    *.wild.example.org
        10.0.0.8    known.wild.example.org
        fd00::8     six.example.org
        10.0.0.7    elsewhere.test
        """;

    [TestCase("www.example.org A", "NOERROR AA\nwww.example.org. 3600 A 10.0.0.1\nwww.example.org. 3600 A 10.0.0.2\nwww.example.org. 3600 A 10.0.0.50")]
    [TestCase("WWW.example.org AAAA", "NOERROR AA\nWWW.example.org. 3600 AAAA fd00::1")]
    [TestCase("www2.example.org A", "NOERROR AA\nwww2.example.org. 3600 A 10.0.0.1")]
    [TestCase("inline.example.org A", "NOERROR AA\ninline.example.org. 3600 A 10.0.0.51", TestName = "A line of the Corefile")]
    [TestCase("six.example.org A", "NOERROR AA", TestName = "A known name without the type has no data and no SOA")]
    [TestCase("www.example.org TXT", "NOERROR AA")]
    [TestCase("www.example.org HTTPS", "NOERROR AA")]
    [TestCase("x.wild.example.org A", "NOERROR AA\nx.wild.example.org. 3600 A 10.0.0.9")]
    [TestCase("x.wild.example.org AAAA", "NOERROR AA")]
    [TestCase("known.wild.example.org A", "NOERROR AA\nknown.wild.example.org. 3600 A 10.0.0.8")]
    [TestCase("*.wild.example.org A", "NOERROR AA\n*.wild.example.org. 3600 A 10.0.0.9")]
    [TestCase("wild.example.org A", "failed SERVFAIL", TestName = "A wildcard is not its own zone")]
    [TestCase("y.x.wild.example.org A", "failed SERVFAIL", TestName = "A wildcard is one label")]
    [TestCase("nothing.example.org A", "failed SERVFAIL")]
    [TestCase("nothing.example.org TXT", "failed SERVFAIL")]
    [TestCase("elsewhere.test A", "next", TestName = "A name outside the zones is somebody else's")]
    [TestCase("www.example.org A CH", "next")]
    [TestCase("1.0.0.10.in-addr.arpa PTR", "NOERROR AA\n1.0.0.10.in-addr.arpa. 3600 PTR www.example.org.\n1.0.0.10.in-addr.arpa. 3600 PTR www2.example.org.")]
    [TestCase("8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa PTR", "NOERROR AA\n8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa. 3600 PTR six.example.org.")]
    [TestCase("9.0.0.10.in-addr.arpa PTR", "next", TestName = "A wildcard has no reverse name")]
    [TestCase("7.0.0.10.in-addr.arpa PTR", "next", TestName = "A name outside the zones has no reverse name")]
    [TestCase("0.0.10.in-addr.arpa PTR", "next")]
    [TestCase("www.example.org PTR", "next", TestName = "PTR misses always go on")]
    [TestCase("1.0.0.10.in-addr.arpa A", "next")]
    public async Task Question_Asked_IsAnsweredFromFileAndCorefile(string question, string expected)
    {
        using var disk = new HostsFileOnDisk(File);
        await using var fixture = await StartAsync(disk, "10.0.0.50 www.example.org\n 10.0.0.51 inline.example.org");
        Assert.That(fixture.AskFor(question), Is.EqualTo(expected));
    }

    [TestCase("fallthrough", "nothing.example.org A", "next")]
    [TestCase("fallthrough", "www.example.org TXT", "NOERROR AA")]
    [TestCase("fallthrough a.example.org", "x.a.example.org A", "next")]
    [TestCase("fallthrough a.example.org", "nothing.example.org A", "failed SERVFAIL")]
    [TestCase("fallthrough\n fallthrough_unsupported", "www.example.org TXT", "next")]
    [TestCase("fallthrough\n fallthrough_unsupported", "x.wild.example.org HTTPS", "next")]
    [TestCase("fallthrough\n fallthrough_unsupported", "six.example.org A", "NOERROR AA")]
    [TestCase("fallthrough a.example.org\n fallthrough_unsupported", "www.example.org TXT", "NOERROR AA")]
    [TestCase("ttl 60", "six.example.org AAAA", "NOERROR AA\nsix.example.org. 60 AAAA fd00::8")]
    [TestCase("ttl 60", "8.0.0.10.in-addr.arpa PTR", "NOERROR AA\n8.0.0.10.in-addr.arpa. 60 PTR known.wild.example.org.")]
    [TestCase("no_reverse", "1.0.0.10.in-addr.arpa PTR", "next")]
    public async Task Option_Given_Counts(string option, string question, string expected)
    {
        using var disk = new HostsFileOnDisk(File);
        await using var fixture = await StartAsync(disk, option);
        Assert.That(fixture.AskFor(question), Is.EqualTo(expected));
    }

    [Test]
    public async Task Root_Given_IsWhereARelativePathBegins()
    {
        using var disk = new HostsFileOnDisk(File);
        await using var fixture = new PluginFixture(
            new PluginDescriptor("hosts", (directives, block) =>
            {
                block.Root = disk.Folder;
                HostsDirective.Descriptor.SetUp(directives, block);
            }),
            "hosts hosts");
        await fixture.StartAsync();
        Assert.That(fixture.AskFor("six.example.org A"), Is.EqualTo("NOERROR AA"));
    }

    [Test]
    public async Task Answer_LargerThanAMessage_IsCutAndSaysSo()
    {
        using var disk = new HostsFileOnDisk(string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"10.0.{i / 250}.{i % 250} big.example.org")));
        await using var fixture = await StartAsync(disk);
        Assert.That(fixture.AskFor("big.example.org A"), Does.StartWith("NOERROR AA TC\n"));
    }

    [TestCase("www.example.org", RecordType.A)]
    [TestCase("www.example.org", RecordType.AAAA)]
    [TestCase("x.wild.example.org", RecordType.A)]
    [TestCase("www.example.org", RecordType.TXT)]
    [TestCase("1.0.0.10.in-addr.arpa", RecordType.PTR)]
    [TestCase("nothing.example.org", RecordType.A)]
    public async Task Answer_FromMemory_AllocatesNothing(string name, RecordType type)
    {
        using var disk = new HostsFileOnDisk(File);
        await using var fixture = await StartAsync(disk);
        var plugin = fixture.Block.Plugins[0];
        using var query = QueryFactory.Ask(name, type);
        var allocated = Allocation.Of(() =>
        {
            query.Reply.Clear();
            if (!plugin.ServeAsync(query).IsCompletedSuccessfully)
            {
                throw new AssertionException("An answer from memory waited");
            }
        });
        Assert.That(allocated, Is.Zero);
    }

    private static async Task<PluginFixture> StartAsync(HostsFileOnDisk disk, string lines = "")
    {
        var fixture = new PluginFixture(HostsDirective.Descriptor, $"hosts {disk.Path} {{\n {lines}\n }}");
        await fixture.StartAsync();
        return fixture;
    }
}
