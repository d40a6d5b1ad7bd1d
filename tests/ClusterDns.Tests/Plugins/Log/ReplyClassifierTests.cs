using ClusterDns.Plugins.Log;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Log;

[TestFixture]
internal sealed class ReplyClassifierTests
{
    private static readonly byte[] Zone = DnsName.Parse("example.org").Wire.ToArray();

    private static IEnumerable<TestCaseData> Replies()
    {
        yield return Case("answer", ReplyClasses.Success, reply => AddAnswer(reply));
        yield return Case("answer and SOA", ReplyClasses.Success, reply => AddSoa(AddAnswer(reply)));
        yield return Case("nothing at all", ReplyClasses.Success, _ => { });
        yield return Case("delegation", ReplyClasses.Success, reply => AddDelegation(reply));
        yield return Case("NODATA", ReplyClasses.Denial, reply => AddSoa(reply));
        yield return Case("NXDOMAIN", ReplyClasses.Denial, reply => AddSoa(reply).Code = ResponseCode.NameError);
        yield return Case("NXDOMAIN behind a CNAME", ReplyClasses.Denial, reply => AddSoa(AddAnswer(reply)).Code = ResponseCode.NameError);
        yield return Case("NXDOMAIN without SOA", ReplyClasses.Error, reply => reply.Code = ResponseCode.NameError);
        yield return Case("SERVFAIL", ReplyClasses.Error, reply => AddSoa(reply).Code = ResponseCode.ServerFailure);
        yield return Case("REFUSED", ReplyClasses.Error, reply => reply.Code = ResponseCode.Refused);

        static TestCaseData Case(string name, ReplyClasses expected, Action<Reply> write) =>
            new TestCaseData(write, expected).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Replies))]
    public void Answer_OfEachKind_HasCoreDnsClass(Action<Reply> write, ReplyClasses expected)
    {
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        write(query.Reply);

        Assert.That(ReplyClassifier.Classify(query, ServeResult.Answered), Is.EqualTo(expected));
    }

    [Test]
    public void FailureDropAndTransfer_AreErrors()
    {
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        using var transfer = QueryFactory.Ask("example.org", RecordType.AXFR);
        AddAnswer(transfer.Reply);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReplyClassifier.Classify(query, ServeResult.Failed(ResponseCode.Refused)), Is.EqualTo(ReplyClasses.Error));
            Assert.That(ReplyClassifier.Classify(query, ServeResult.Dropped), Is.EqualTo(ReplyClasses.Error));
            Assert.That(ReplyClassifier.Classify(transfer, ServeResult.Answered), Is.EqualTo(ReplyClasses.Error));
        }
    }

    private static Reply AddAnswer(Reply reply)
    {
        reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 0, 0, 1]);
        return reply;
    }

    private static Reply AddSoa(Reply reply)
    {
        reply.AddStartOfAuthority(
            Section.Authority, NameParts.Whole(Zone), 30, NameParts.Whole(Zone), NameParts.Whole(Zone), new SoaTimes(1, 2, 3, 4, 5));
        return reply;
    }

    private static void AddDelegation(Reply reply) =>
        reply.AddName(Section.Authority, NameParts.Whole(Zone), RecordType.NS, 30, NameParts.Whole(Zone));
}
