using ClusterDns.Plugins.Local;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Local;

[TestFixture]
internal sealed class LocalPluginTests
{
    private const string Soa = "604800 SOA localhost. root.localhost. 1 0 0 0 604800";

    [TestCase("localhost. A", "localhost. 604800 A 127.0.0.1")]
    [TestCase("LocalHost. A", "LocalHost. 604800 A 127.0.0.1")]
    [TestCase("localhost. AAAA", "localhost. 604800 AAAA ::1")]
    [TestCase("localhost. SOA", "localhost. " + Soa)]
    [TestCase("localhost. NS", "localhost. 604800 NS localhost.")]
    [TestCase("127.in-addr.arpa. SOA", "127.in-addr.arpa. " + Soa)]
    [TestCase("0.in-addr.arpa. NS", "0.in-addr.arpa. 604800 NS localhost.")]
    [TestCase("1.0.0.127.in-addr.arpa. PTR", "1.0.0.127.in-addr.arpa. 604800 PTR localhost.")]
    [TestCase("a.b.localhost. A", "a.b.localhost. 604800 A 127.0.0.1")]
    [TestCase("a.localhost. AAAA", "a.localhost. 604800 AAAA ::1")]
    [TestCase("localhost.example.org. A", "localhost.example.org. 604800 A 127.0.0.1")]
    [TestCase("localhost.example.org. AAAA", "localhost.example.org. 604800 AAAA ::1")]
    public async Task Name_OfTheMachineItself_IsAnswered(string question, string expected)
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, "local");
        using var query = Ask(fixture, question);
        var reply = FinishedReply.Of(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Answer, Is.EqualTo([expected]));
            Assert.That(reply.Authority, Is.Empty);
            Assert.That(query.AnsweredBy, Is.EqualTo("local"));
        }
    }

    [TestCase("localhost. MX", "NOERROR", "localhost. " + Soa)]
    [TestCase("a.localhost. MX", "NOERROR", "a.localhost. " + Soa)]
    [TestCase("localhost.example.org. TXT", "NOERROR", "localhost.example.org. " + Soa)]
    [TestCase("255.in-addr.arpa. A", "NOERROR", "255.in-addr.arpa. " + Soa)]
    [TestCase("1.0.0.127.in-addr.arpa. A", "NOERROR", "127.in-addr.arpa. " + Soa)]
    [TestCase("2.0.0.127.in-addr.arpa. PTR", "NXDOMAIN", "127.in-addr.arpa. " + Soa)]
    [TestCase("1.1.0.0.IN-ADDR.arpa. PTR", "NXDOMAIN", "0.IN-ADDR.arpa. " + Soa)]
    public async Task Name_WithNothingThere_IsDeniedWithSoa(string question, string code, string authority)
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, "local");
        using var query = Ask(fixture, question);
        var reply = FinishedReply.Of(query);

        Assert.That((reply.ResponseCode, reply.Answer, reply.Authority), Is.EqualTo((code, Array.Empty<string>(), new[] { authority })));
    }

    [TestCase("local", "example.org. A")]
    [TestCase("local", "localhost1.example.org. A")]
    [TestCase("local", "mylocalhost. A")]
    [TestCase("local", "1.0.0.10.in-addr.arpa. PTR")]
    [TestCase("local {\n localhost_prefix off\n}", "localhost.example.org. A")]
    public async Task Name_OfSomebodyElse_GoesOn(string lines, string question)
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, lines);
        Assert.That(IsDeclined(fixture, question), Is.True);
    }

    [TestCase("local {\n localhost_prefix on\n}", "localhost.example.org. A")]
    [TestCase("local {\n localhost_prefix off\n}", "a.localhost. A")]
    [TestCase("local {\n localhost_prefix off\n}\nlocal", "localhost.example.org. A")]
    public async Task Prefix_OnOrOff_IsAboutNamesInFrontOnly(string lines, string question)
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, lines);
        Assert.That(IsDeclined(fixture, question), Is.False);
    }

    [Test]
    public async Task OtherClass_Asked_GoesOn()
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, "local");
        using var query = QueryFactory.Ask("localhost.", RecordType.A, RecordClass.CH);

        Assert.That((await fixture.Block.Plugins[0].ServeAsync(query)).Outcome, Is.EqualTo(ServeOutcome.Declined));
    }

    [Test]
    public async Task Names_BelowAndInFront_AreCountedAndToldInDebug()
    {
        await using var fixture = new PluginFixture(LocalDirective.Descriptor, "local");
        foreach (var question in new[] { "a.localhost. A", "localhost.example.org. MX", "localhost. A", "127.in-addr.arpa. A" })
        {
            Ask(fixture, question).Dispose();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await fixture.ScrapeAsync(), Is.EqualTo(["coredns_local_localhost_requests_total 2"]));
            Assert.That(fixture.Log.Lines, Is.EqualTo([
                "[Debug] plugin/local: Intercepting localhost query for \"a.localhost.\" A, from 10.244.0.5:46018",
                "[Debug] plugin/local: Intercepting localhost query for \"localhost.example.org.\" MX, from 10.244.0.5:46018",
            ]));
        }
    }

    [TestCase("local x", 2, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("local {\n localhost_prefix\n}", 3, "Wrong argument count or unexpected line ending after 'localhost_prefix'")]
    [TestCase("local {\n localhost_prefix maybe\n}", 3, "localhost_prefix must be 'on' or 'off': 'maybe'")]
    [TestCase("local {\n prefix on\n}", 3, "unknown property 'prefix'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(LocalDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    private static Query Ask(PluginFixture fixture, string question)
    {
        var words = question.Split(' ');
        var query = QueryFactory.Ask(words[0], Enum.Parse<RecordType>(words[1]));
        fixture.Ask(query);
        return query;
    }

    private static bool IsDeclined(PluginFixture fixture, string question)
    {
        var words = question.Split(' ');
        using var query = QueryFactory.Ask(words[0], Enum.Parse<RecordType>(words[1]));
        return fixture.Block.Plugins[0].ServeAsync(query).Result.Outcome == ServeOutcome.Declined;
    }
}
