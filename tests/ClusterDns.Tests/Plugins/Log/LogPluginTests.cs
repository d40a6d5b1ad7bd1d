using ClusterDns.Operations;
using ClusterDns.Plugins.Log;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Log;

[TestFixture]
internal sealed class LogPluginTests
{
    private const string ClusterName = "kubernetes.default.svc.cluster.local";

    [Test]
    public void Common_ClusterName_IsCoreDnsLine() =>
        Assert.That(
            LineOf("log", QueryFactory.Ask(ClusterName, RecordType.A), Answer, TimeSpan.FromTicks(2107)),
            Is.EqualTo("[INFO] 10.244.0.5:46018 - 18386 \"A IN kubernetes.default.svc.cluster.local. udp 54 false 512\" NOERROR qr,aa,rd 106 0.0002107s"));

    [Test]
    public void Common_IPv6ClientOverTcpWithEdns_IsCoreDnsLine()
    {
        var query = QueryFactory.Ask(
            "Example.ORG", RecordType.HTTPS, udpSize: 1232, dnssecOk: true, protocol: TransportProtocol.Tcp, client: "[fd00:0:0:1::a]:5353");

        Assert.That(
            LineOf("log", query, NameError),
            Is.EqualTo("[INFO] [fd00:0:0:1::a]:5353 - 18386 \"HTTPS IN example.org. tcp 40 true 65535\" NXDOMAIN qr,rd 29 0s"));
    }

    [TestCase("shop", "ns=shop")]
    [TestCase("", "ns=")]
    [TestCase(null, "ns=-")]
    [TestCase("a\nb\u001b", "ns=a\\u000Ab\\u001B")]
    [TestCase("größer", "ns=größer")]
    public void Metadata_Label_IsItsValueMadePrintable(string? value, string expected)
    {
        var query = QueryFactory.Ask(ClusterName, RecordType.A);
        query.MetadataSources = [new OneLabel(value)];

        Assert.That(LineOf("log . \"ns={/kubernetes/namespace}\"", query, Answer), Is.EqualTo($"[INFO] {expected}"));
    }

    [Test]
    public void Combined_AnyQuery_AddsTheOpcode() =>
        Assert.That(
            LineOf("log . {combined}", QueryFactory.Ask(ClusterName, RecordType.A), Answer),
            Does.EndWith(" NOERROR qr,aa,rd 106 0s \"0\""));

    [TestCase("{type}", "A")]
    [TestCase("{name}", "example.org.")]
    [TestCase("{class}", "CH")]
    [TestCase("{proto}", "udp")]
    [TestCase("{size}", "40")]
    [TestCase("{remote}", "10.244.0.5")]
    [TestCase("{port}", "46018")]
    [TestCase("{local}", "10.96.0.10")]
    [TestCase("{>id}", "18386")]
    [TestCase("{>opcode}", "0")]
    [TestCase("{>do}", "false")]
    [TestCase("{>bufsize}", "4096")]
    [TestCase("{rcode}", "NXDOMAIN")]
    [TestCase("{>rflags}", "qr,rd,cd")]
    [TestCase("{rsize}", "29")]
    [TestCase("{duration}", "1.5s")]
    [TestCase("{/kubernetes/service}", "-")]
    [TestCase("{unknown}", "{unknown}")]
    [TestCase("a } {{type}} {", "a } {A} {")]
    [TestCase("{type", "{type")]
    [TestCase("Ü {type}", "Ü A")]
    public void Format_Placeholder_IsReplaced(string format, string expected)
    {
        var query = QueryFactory.Ask(
            "example.org",
            RecordType.A,
            RecordClass.CH,
            udpSize: 4096,
            flags: MessageHeader.RecursionDesiredFlag | MessageHeader.CheckingDisabledFlag);

        Assert.That(LineOf($"log . \"{format}{{type}}\"", query, NameError, TimeSpan.FromSeconds(1.5)), Is.EqualTo($"[INFO] {expected}A"));
    }

    [TestCase("""a\010[INFO]\032forged.example.org""", """a\010[info]\032forged.example.org.""")]
    [TestCase("""\255\000\127"x.example.org""", """\255\000\127\"x.example.org.""")]
    public void Name_WithHostileOctets_StaysPrintableAscii(string name, string expected) =>
        Assert.That(LineOf("log . \"{name} \"", QueryFactory.Ask(name, RecordType.A), Answer), Is.EqualTo($"[INFO] {expected} "));

    [Test]
    public void Name_Longest_IsWrittenWhole()
    {
        var label = string.Concat(Enumerable.Repeat("\\255", 63));
        var name = $"{label}.{label}.{label}.{string.Concat(Enumerable.Repeat("\\255", 61))}.";

        Assert.That(LineOf("log . {combined}", QueryFactory.Ask(name, RecordType.A), Answer), Does.Contain($" {name} "));
    }

    [TestCase(65280, "TYPE65280")]
    [TestCase(64, "SVCB")]
    [TestCase(257, "CAA")]
    public void Type_OfAnyNumber_HasItsMnemonic(int type, string expected) =>
        Assert.That(
            LineOf("log . \"{type} \"", QueryFactory.Ask("example.org", (RecordType)type), Answer),
            Is.EqualTo($"[INFO] {expected} "));

    [Test]
    public void Failure_WithoutReply_HasTheCodeAndFlagsThatTheClientWillSee() =>
        Assert.That(
            LineOf(
                "log . \"{rcode} {>rflags} {rsize}\"",
                QueryFactory.Ask("example.org", RecordType.A),
                _ => ServeResult.Failed(ResponseCode.ServerFailure)),
            Is.EqualTo("[INFO] SERVFAIL qr,rd 29"));

    [Test]
    public void Reply_WhoseRdWasCleared_ShowsNone() =>
        Assert.That(
            LineOf(
                "log . \"{rcode} {>rflags} {rsize}\"",
                QueryFactory.Ask("example.org", RecordType.A),
                query =>
                {
                    query.Reply.IsRecursionDesired = false;
                    return ServeResult.Answered;
                }),
            Is.EqualTo("[INFO] NOERROR qr 29"));

    [Test]
    public void Drop_HasNoReplyToTellOf() =>
        Assert.That(
            LineOf("log . \"{rcode} {>rflags} {rsize}\"", QueryFactory.Ask("example.org", RecordType.A), _ => ServeResult.Dropped),
            Is.EqualTo("[INFO] - - 0"));

    [Test]
    public void Reply_LargerThanTheClientTakes_ShowsTcAndTheWholeSize()
    {
        var line = LineOf(
            "log . \"{>rflags} {rsize}\"",
            QueryFactory.Ask("example.org", RecordType.A),
            query =>
            {
                for (var i = 0; i < 100; i++)
                {
                    query.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 0, 0, (byte)i]);
                }

                return ServeResult.Answered;
            });

        Assert.That(line, Is.EqualTo($"[INFO] qr,tc,rd {29 + (100 * 27)}"));
    }

    [Test]
    public async Task Rules_SeveralScopes_FirstThatHasTheNameDecides()
    {
        await using var fixture = new PluginFixture(
            LogDirective.Descriptor,
            "log a.example.org \"a {name}\" {\n class error\n}\nlog example.org \"rest {name}\"");
        fixture.Rest = Answer;
        fixture.Ask(QueryFactory.Ask("x.a.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("b.example.org", RecordType.A));
        fixture.Ask(QueryFactory.Ask("example.net", RecordType.A));

        Assert.That(fixture.FlushedOutput(), Is.EqualTo(["[INFO] rest b.example.org."]));
    }

    [Test]
    public async Task Query_Answered_AllocatesNothing()
    {
        using var output = new LogOutput(Stream.Null, capacity: 4096);
        await using var fixture = new PluginFixture(LogDirective.Descriptor, "log");
        var logged = new LogPlugin(LogDirective.Parse(PluginFixture.ParseOne("log")), output, fixture.Clock);
        var skipped = new LogPlugin(LogDirective.Parse(PluginFixture.ParseOne("log {\n class denial\n}")), output, fixture.Clock);
        var chain = PluginChain.Build([logged, skipped, new StubPlugin(_ => ServeResult.Answered)]);
        var query = QueryFactory.Ask(ClusterName, RecordType.A);
        Answer(query);

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    private static ServeResult Answer(Query query)
    {
        query.Reply.IsAuthoritative = true;
        query.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 96, 0, 1]);
        return ServeResult.Answered;
    }

    private static ServeResult NameError(Query query)
    {
        query.Reply.Code = ResponseCode.NameError;
        return ServeResult.Answered;
    }

    private static string LineOf(string directive, Query query, Func<Query, ServeResult> rest, TimeSpan duration = default)
    {
        var fixture = new PluginFixture(LogDirective.Descriptor, directive);
        fixture.Rest = asked =>
        {
            fixture.Clock.Advance(duration);
            return rest(asked);
        };
        fixture.Ask(query);
        return fixture.FlushedOutput().Single();
    }

    private sealed class OneLabel(string? value) : IMetadataSource
    {
        public string? MetadataOf(Query query, string label) => label == "kubernetes/namespace" ? value : null;
    }
}
