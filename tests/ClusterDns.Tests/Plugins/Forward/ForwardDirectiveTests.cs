using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Testing;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class ForwardDirectiveTests
{
    [Test]
    public void Read_NoProperties_AreDefaults()
    {
        var options = Read("forward . 10.0.0.1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.From, Is.EqualTo(DnsName.Root));
            Assert.That(options.Except, Is.Empty);
            Assert.That((options.ForceTcp, options.PreferUdp, options.FailFast, options.NextOnNoData), Is.EqualTo((false, false, false, false)));
            Assert.That((options.Expire, options.MaxAge, options.MaxIdleConnections), Is.EqualTo((TimeSpan.FromSeconds(10), TimeSpan.Zero, 0)));
            Assert.That((options.MaxFails, options.MaxConnectAttempts, options.ReadTimeout), Is.EqualTo((2, (int?)null, TimeSpan.FromSeconds(2))));
            Assert.That((options.ProbeInterval, options.ProbeWantsRecursion, options.ProbeDomain), Is.EqualTo((TimeSpan.FromMilliseconds(500), true, DnsName.Root)));
            Assert.That((options.Policy, options.MaxConcurrent), Is.EqualTo((PolicyKind.Random, (int?)null)));
            Assert.That((options.SourceAddress, options.TlsServerName, options.Tls), Is.EqualTo(((object?)null, (string?)null, TlsFiles.None)));
            Assert.That((options.NextCodes.Count, options.FailoverCodes.Count, options.Resolvers.Count), Is.EqualTo((0, 0, 0)));
        }
    }

    [TestCase("except a.example.org b.example.org\n except c.example.org", "a.example.org. b.example.org. c.example.org.")]
    [TestCase("except 10.0.0.0/8", "10.in-addr.arpa.")]
    public void Read_Except_AddsUp(string property, string zones) =>
        Assert.That(string.Join(' ', With(property).Except), Is.EqualTo(zones));

    [Test]
    public void Read_Flags_AreSet()
    {
        var options = With("force_tcp\n prefer_udp\n failfast_all_unhealthy_upstreams\n next_on_nodata");
        Assert.That((options.ForceTcp, options.PreferUdp, options.FailFast, options.NextOnNoData), Is.EqualTo((true, true, true, true)));
    }

    [Test]
    public void Read_NumbersAndTimes_AreTaken()
    {
        var options = With("expire 20s\n max_idle_conns 3\n max_age 1m\n max_fails 0\n max_connect_attempts 4\n read_timeout 500ms\n max_concurrent 1000");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((options.Expire, options.MaxAge), Is.EqualTo((TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1))));
            Assert.That((options.MaxIdleConnections, options.MaxFails, options.MaxConnectAttempts), Is.EqualTo((3, 0, (int?)4)));
            Assert.That((options.ReadTimeout, options.MaxConcurrent), Is.EqualTo((TimeSpan.FromMilliseconds(500), 1000)));
        }
    }

    [TestCase("health_check 5s", 5000, true, ".")]
    [TestCase("health_check 1s no_rec", 1000, false, ".")]
    [TestCase("health_check 1s no_rec domain example.org", 1000, false, "example.org.")]
    [TestCase("health_check 1s domain Example.ORG. no_rec", 1000, false, "example.org.")]
    [TestCase("health_check 0s", 100, true, ".")]
    public void Read_HealthCheck_HasIntervalAndQuestion(string property, int milliseconds, bool recursion, string domain)
    {
        var options = With(property);
        Assert.That(
            (options.ProbeInterval, options.ProbeWantsRecursion, options.ProbeDomain.ToString()),
            Is.EqualTo((TimeSpan.FromMilliseconds(milliseconds), recursion, domain)));
    }

    [TestCase("random", PolicyKind.Random)]
    [TestCase("round_robin", PolicyKind.RoundRobin)]
    [TestCase("sequential", PolicyKind.Sequential)]
    public void Read_Policy_IsTaken(string word, object kind) => Assert.That(With($"policy {word}").Policy, Is.EqualTo(kind));

    [Test]
    public void Read_Codes_AddUpInAnyCase()
    {
        var options = With("next NXDOMAIN\n next servfail refused\n failover ServFail REFUSED");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(options.NextCodes, Is.EqualTo(new[] { ResponseCode.NameError, ResponseCode.ServerFailure, ResponseCode.Refused }));
            Assert.That(options.FailoverCodes, Is.EqualTo(new[] { ResponseCode.ServerFailure, ResponseCode.Refused }));
        }
    }

    [Test]
    public void Read_Addresses_AreTaken()
    {
        var options = With("source_address 10.1.2.3\n resolver 10.0.0.9 [fd00::9]:5353\n tls_servername dns.example.org");

        using (Assert.EnterMultipleScope())
        {
            Assert.That($"{options.SourceAddress}", Is.EqualTo("10.1.2.3"));
            Assert.That(string.Join(' ', options.Resolvers), Is.EqualTo("10.0.0.9:53 [fd00::9]:5353"));
            Assert.That(options.TlsServerName, Is.EqualTo("dns.example.org"));
        }
    }

    [Test]
    public void Read_Tls_HoldsWhatTheFilesSay()
    {
        using var folder = new FileFolder();
        var (certificate, key, authority) = (folder.Write("c", "C"), folder.Write("k", "K"), folder.Write("a", "A"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(With("tls").Tls, Is.EqualTo(TlsFiles.None));
            Assert.That(With($"tls {authority}").Tls, Is.EqualTo(new TlsFiles(null, null, "A")));
            Assert.That(With($"tls {certificate} {key}").Tls, Is.EqualTo(new TlsFiles("C", "K", null)));
            Assert.That(With($"tls {certificate} {key} {authority}").Tls, Is.EqualTo(new TlsFiles("C", "K", "A")));
        }
    }

    [TestCase("forward", 2, "Wrong argument count or unexpected line ending after 'forward'")]
    [TestCase("forward .", 2, "Wrong argument count or unexpected line ending after '.'")]
    [TestCase("forward . 10.0.0.256", 2, "not an IP address or file: \"10.0.0.256\"")]
    [TestCase("forward . /no/such/file", 2, "not an IP address or file: \"/no/such/file\"")]
    [TestCase("forward . __PILLAR__UPSTREAM__SERVERS__", 2, "not an IP address or file: \"__PILLAR__UPSTREAM__SERVERS__\"")]
    [TestCase("forward . grpc://10.0.0.1", 2, "'grpc' is not supported as a destination protocol in forward: grpc://10.0.0.1")]
    [TestCase("forward . https://dns.google/dns-query", 2, "DNS over HTTPS is not supported by ClusterDns: \"https://dns.google/dns-query\"; name the server with tls:// instead")]
    [TestCase("forward a..b 10.0.0.1", 2, "unable to normalize 'a..b'")]
    [TestCase("forward . 1.1.1.1 1.1.1.2 1.1.1.3 1.1.1.4 1.1.1.5 1.1.1.6 1.1.1.7 1.1.1.8 1.1.1.9 1.1.1.10 1.1.1.11 1.1.1.12 1.1.1.13 1.1.1.14 1.1.1.15 1.1.1.16", 2, "more than 15 TOs configured: 16")]
    public void SetUp_MistakeInTheLine_NamesFileAndLine(string line, int number, string text) =>
        Assert.That(Error(line), Is.EqualTo($"Corefile:{number} - Error during parsing: {text}"));

    [TestCase("policy fastest", "unknown policy 'fastest'")]
    [TestCase("policy", "Wrong argument count or unexpected line ending after 'policy'")]
    [TestCase("max_failures 3", "unknown property 'max_failures'")]
    [TestCase("force_tcp yes", "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("prefer_udp yes", "Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("except", "Wrong argument count or unexpected line ending after 'except'")]
    [TestCase("except a..b", "zone is not a valid domain name: a..b")]
    [TestCase("expire -1s", "expire can't be negative: -1s")]
    [TestCase("expire soon", "time: invalid duration \"soon\"")]
    [TestCase("max_age -2s", "max_age can't be negative: -2s")]
    [TestCase("max_age 1000h", "max_age cannot be longer than 24 days: 1000h")]
    [TestCase("max_idle_conns -1", "'-1' is not a whole number from 0 to 2147483647")]
    [TestCase("max_fails many", "'many' is not a whole number from 0 to 2147483647")]
    [TestCase("max_connect_attempts -1", "'-1' is not a whole number from 0 to 2147483647")]
    [TestCase("read_timeout 0s", "read_timeout must be positive: 0s")]
    [TestCase("max_concurrent -1", "max_concurrent can't be negative: -1")]
    [TestCase("max_concurrent all", "'all' is not a whole number from 0 to 2147483647")]
    [TestCase("health_check", "Wrong argument count or unexpected line ending after 'health_check'")]
    [TestCase("health_check -1s", "health_check can't be negative: -1s")]
    [TestCase("health_check 1s often", "health_check: unknown option often")]
    [TestCase("health_check 1s domain", "Wrong argument count or unexpected line ending after 'domain'")]
    [TestCase("health_check 1s domain a..b", "health_check: invalid domain name a..b")]
    [TestCase("next", "Wrong argument count or unexpected line ending after 'next'")]
    [TestCase("next OOPS", "OOPS is not a valid rcode")]
    [TestCase("next_on_nodata x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("failover", "Wrong argument count or unexpected line ending after 'failover'")]
    [TestCase("failover OOPS", "OOPS is not a valid rcode")]
    [TestCase("failover NOERROR", "NoError cannot be used in failover")]
    [TestCase("failfast_all_unhealthy_upstreams x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("source_address eth0", "'eth0' is not an IP address")]
    [TestCase("resolver", "Wrong argument count or unexpected line ending after 'resolver'")]
    [TestCase("resolver dns", "'dns' is not an IP address such as 10.0.0.1, 10.0.0.1:53 or [fd00::1]:53")]
    [TestCase("tls_servername", "Wrong argument count or unexpected line ending after 'tls_servername'")]
    [TestCase("tls a b c d", "Wrong argument count or unexpected line ending after 'd'")]
    [TestCase("doh_method GET", "doh_method is not supported by ClusterDns, nor is DNS over HTTPS; name the servers with tls:// instead")]
    public void SetUp_MistakeInAProperty_NamesFileAndLine(string property, string text) =>
        Assert.That(
            Error($"forward . 10.0.0.1 {{\n {property}\n}}"),
            Is.EqualTo($"Corefile:3 - Error during parsing: {text}"));

    [Test]
    public void SetUp_TlsFileMissing_NamesIt() =>
        Assert.That(
            Error("forward . tls://10.0.0.1 {\n tls /no/such.pem\n}"),
            Does.StartWith("Corefile:3 - Error during parsing: cannot read /no/such.pem: "));

    [Test]
    public void SetUp_TlsFileHoldsNonsense_IsAMistake()
    {
        using var folder = new FileFolder();
        Assert.That(
            Error($"forward . tls://10.0.0.1 {{\n tls {folder.Write("ca", "no PEM")}\n}}"),
            Does.StartWith("Corefile:2 - Error during parsing: tls: "));
    }

    [Test]
    public async Task SetUp_CidrOfSeveralZones_UsesTheFirstAndWarns()
    {
        await using var fixture = new ForwardFixture("forward 10.0.0.0/23 10.0.0.1");
        var inside = await fixture.AskAsync("1.0.0.10.in-addr.arpa", RecordType.PTR);
        await fixture.AskAsync("1.1.0.10.in-addr.arpa", RecordType.PTR);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log, Is.EqualTo(["[Warning] plugin/forward: Unsupported CIDR notation: '10.0.0.0/23' expands to multiple zones. Using only '0.0.10.in-addr.arpa.'."]));
            Assert.That(inside.Query.AnsweredBy, Is.EqualTo("forward"));
            Assert.That(fixture[1].Questions, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Query_OfAnotherClass_IsForwarded()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        var answer = await fixture.AskAsync(QueryFactory.Ask("version.bind", RecordType.TXT, RecordClass.CH));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Block.TakesOtherClasses, Is.True);
            Assert.That(answer.Query.AnsweredBy, Is.EqualTo("forward"));
            Assert.That(fixture[1].Received[0].Class, Is.EqualTo(RecordClass.CH));
        }
    }

    private static ForwardOptions Read(string line) =>
        new ForwardOptionsReader(path => path, NullLogger.Instance).Read(PluginFixture.ParseOne(line));

    private static ForwardOptions With(string property) => Read($"forward . 10.0.0.1 {{\n {property}\n}}");

    private static string Error(string lines) => PluginFixture.ErrorOf(ForwardDirective.Descriptor, lines);
}
