using ClusterDns.Plugins.Template;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Template;

[TestFixture]
internal sealed class TemplateDirectiveTests
{
    [Test]
    public void Parse_ClassAndTypeAlone_HasTheDefaults()
    {
        var rule = Parse("template IN A");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((rule.Class, rule.Type, rule.Code), Is.EqualTo((RecordClass.IN, RecordType.A, ResponseCode.NoError)));
            Assert.That(rule.Zones, Is.EqualTo([DnsName.Parse("example.org")]));
            Assert.That(rule.Patterns, Is.Empty);
            Assert.That(rule.Records, Is.Empty);
            Assert.That(rule.ExtendedError.Length, Is.Zero);
            Assert.That(rule.Fallthrough, Is.Empty);
        }
    }

    [Test]
    public void Parse_EveryOption_IsTaken()
    {
        var rule = Parse("""
            template ANY TYPE65 a.test 10.0.0.0/8 {
                match ^a b$
                match c
                additional "d.test A 192.0.2.3"
                answer "a.test A 192.0.2.1" "b.test A 192.0.2.1"
                authority "c.test NS d.test"
                rcode NXDOMAIN
                ederror 21 "not here"
                upstream whatever 1.2.3.4
                fallthrough a.test
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((rule.Class, rule.Type, rule.Code), Is.EqualTo((RecordClass.ANY, RecordType.HTTPS, ResponseCode.NameError)));
            Assert.That(rule.Zones, Is.EquivalentTo([DnsName.Parse("a.test"), DnsName.Parse("10.in-addr.arpa")]));
            Assert.That(rule.Patterns.Select(pattern => pattern.Text), Is.EqualTo(["^a", "b$", "c"]));
            Assert.That(
                rule.Records.Select(record => (record.Section, record.Text[0])),
                Is.EqualTo([(Section.Answer, 'a'), (Section.Answer, 'b'), (Section.Authority, 'c'), (Section.Additional, 'd')]));
            Assert.That(rule.ExtendedError.ToArray(), Is.EqualTo((byte[])[0, 21, .. "not here"u8]));
            Assert.That(rule.Fallthrough, Is.EqualTo([DnsName.Parse("a.test")]));
        }
    }

    [TestCase("template", 2, "Wrong argument count or unexpected line ending after 'template'")]
    [TestCase("template IN", 2, "Wrong argument count or unexpected line ending after 'IN'")]
    [TestCase("template XX A", 2, "invalid query class XX")]
    [TestCase("template IN XX", 2, "invalid RR class XX")]
    [TestCase("template IN A ..", 2, "zone is not a valid domain name: ..")]
    [TestCase("template IN A {\n match\n }", 3, "Wrong argument count or unexpected line ending after 'match'")]
    [TestCase("template IN A {\n answer\n }", 3, "Wrong argument count or unexpected line ending after 'answer'")]
    [TestCase("template IN A {\n authority\n }", 3, "Wrong argument count or unexpected line ending after 'authority'")]
    [TestCase("template IN A {\n additional\n }", 3, "Wrong argument count or unexpected line ending after 'additional'")]
    [TestCase("template IN A {\n rcode\n }", 3, "Wrong argument count or unexpected line ending after 'rcode'")]
    [TestCase("template IN A {\n rcode 3\n }", 3, "unknown rcode 3")]
    [TestCase("template IN A {\n ederror\n }", 3, "Wrong argument count or unexpected line ending after 'ederror'")]
    [TestCase("template IN A {\n ederror 1 a b\n }", 3, "Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("template IN A {\n ederror x\n }", 3, "error parsing extended DNS error code x, it is no number from 0 to 65535")]
    [TestCase("template IN A {\n fallthrough ..\n }", 3, "zone is not a valid domain name: ..")]
    [TestCase("template IN A {\n var x 1\n }", 3, "var is not supported yet")]
    [TestCase("template IN A {\n expr true\n }", 3, "expr is not supported yet")]
    [TestCase("template IN A {\n nonsense 1\n }", 3, "Wrong argument count or unexpected line ending after 'nonsense'")]
    [TestCase("template IN A {\n answer {\n }\n }", 3, "Unexpected token '{', expecting argument")]
    [TestCase("template IN A {\n answer \"{{ .Nope }}\"\n }", 3, "could not compile template: {{ .Nope }}, field .Nope is not supported")]
    public void Parse_Mistake_IsToldWithItsLine(string lines, int line, string message) =>
        Assert.That(
            PluginFixture.ErrorOf(TemplateDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {message}"));

    [Test]
    public void Parse_PatternThatIsNone_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(TemplateDirective.Descriptor, "template IN A {\n match (\n }"),
            Does.StartWith("Corefile:3 - Error during parsing: could not parse regex: (, error parsing regexp: "));

    [Test]
    public void Parse_LongExtendedError_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(TemplateDirective.Descriptor, $"template IN A {{\n ederror 1 {new string('x', 257)}\n }}"),
            Does.EndWith("the text of an extended DNS error has at most 256 octets"));

    [TestCase("template IN A", false)]
    [TestCase("template ANY A", true)]
    [TestCase("template CH TXT", true)]
    [TestCase("template IN A\n template ANY ANY", true)]
    public async Task SetUp_ClassOtherThanIn_TakesOtherClasses(string lines, bool expected)
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, lines);
        Assert.That(fixture.Block.TakesOtherClasses, Is.EqualTo(expected));
    }

    [Test]
    public async Task SetUp_ConstantThatIsNoRecord_IsAWarning()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN A .x a.test {\n answer \"a.test A x\"\n }");
        Assert.That(
            fixture.Log.Lines,
            Is.EqualTo(
            [
                "[Warning] plugin/template: Corefile:2 - zone is not a valid domain name: .x",
                "[Warning] plugin/template: Every query that needs \"a.test A x\" will fail: 'x' is not an IPv4 address",
            ]));
    }

    private static TemplateRule Parse(string lines) =>
        TemplateDirective.Parse(PluginFixture.ParseOne(lines), [DnsName.Parse("example.org")], NullLogger.Instance);
}
