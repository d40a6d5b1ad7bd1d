using ClusterDns.Plugins.Minimal;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Minimal;

[TestFixture]
internal sealed class MinimalPluginTests
{
    // What the rest of the chain writes, a letter a record: a(nswer), n(s), s(oa), x (additional).
    [TestCase("axx", RecordType.A, ResponseCode.NoError, "a")]
    [TestCase("aanx", RecordType.A, ResponseCode.NoError, "aa")]
    [TestCase("as", RecordType.A, ResponseCode.NoError, "a")]
    [TestCase("a", RecordType.A, ResponseCode.NoError, "a")]
    [TestCase("x", RecordType.A, ResponseCode.NoError, "")]
    [TestCase("", RecordType.A, ResponseCode.NoError, "")]
    [TestCase("s", RecordType.A, ResponseCode.NoError, "s", TestName = "NODATA keeps its SOA")]
    [TestCase("s", RecordType.A, ResponseCode.NameError, "s", TestName = "NXDOMAIN keeps its SOA")]
    [TestCase("as", RecordType.A, ResponseCode.NameError, "as", TestName = "The denial behind a CNAME too")]
    [TestCase("nx", RecordType.A, ResponseCode.NoError, "nx", TestName = "A delegation keeps servers and glue")]
    [TestCase("ax", RecordType.A, ResponseCode.ServerFailure, "ax")]
    [TestCase("asx", RecordType.AXFR, ResponseCode.NoError, "asx")]
    [TestCase("asx", RecordType.IXFR, ResponseCode.NoError, "asx")]
    public async Task Reply_OfTheChain_KeepsWhatAnswers(string written, RecordType type, ResponseCode code, string kept)
    {
        await using var fixture = new PluginFixture(MinimalDirective.Descriptor, "minimal");
        fixture.Rest = query => Write(query, written, code);
        using var query = QueryFactory.Ask("a.example.org", type);
        fixture.Ask(query);
        var reply = FinishedReply.Of(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Letters(reply.Answer, "a") + Letters(reply.Authority, "ns") + Letters(reply.Additional, "x"), Is.EqualTo(kept));
            Assert.That(query.Reply.Code, Is.EqualTo(code));
            Assert.That(query.Reply.IsAuthoritative, Is.True);
        }
    }

    [Test]
    public async Task Failure_OfTheChain_StaysOne()
    {
        await using var fixture = new PluginFixture(MinimalDirective.Descriptor, "minimal");
        fixture.Rest = _ => ServeResult.Failed(ResponseCode.Refused);
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);

        Assert.That(fixture.Ask(query), Is.EqualTo(ServeResult.Failed(ResponseCode.Refused)));
    }

    [Test]
    public async Task Reply_Cut_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(MinimalDirective.Descriptor, "minimal");
        fixture.Rest = query => Write(query, "anx", ResponseCode.NoError);
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        var chain = fixture.Chain();

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    [TestCase("minimal x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("minimal {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(MinimalDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));

    private static ServeResult Write(Query query, string records, ResponseCode code)
    {
        var reply = query.Reply;
        reply.Clear();
        reply.Code = code;
        reply.IsAuthoritative = true;
        foreach (var record in records)
        {
            switch (record)
            {
                case 'a':
                    reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 0, 0, 1]);
                    break;
                case 'n':
                    reply.AddName(Section.Authority, NameParts.FromQuestion(2), RecordType.NS, 5, NameParts.BeforeQuestion("\x02ns"u8, 2));
                    break;
                case 's':
                    reply.AddStartOfAuthority(Section.Authority, NameParts.FromQuestion(2), 5, NameParts.Question, NameParts.Question, default);
                    break;
                default:
                    reply.AddAddress(Section.Additional, NameParts.BeforeQuestion("\x02ns"u8, 2), 5, [10, 0, 0, 2]);
                    break;
            }
        }

        return ServeResult.Answered;
    }

    private static string Letters(IReadOnlyList<string> records, string letters) =>
        string.Concat(records.Select(record => letters == "ns" ? record.Contains(" SOA ") ? "s" : "n" : letters));
}
