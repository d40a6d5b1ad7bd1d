using ClusterDns.Testing.Conformance;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>The comparing itself: it finds what is different, and lets pass what may differ.</summary>
internal sealed class ConformanceComparerTests
{
    private const string Web = "web.demo.svc.cluster.local.";
    private const int ZoneOffset = 13;
    private const string Soa = "cluster.local. 5 SOA ns.dns.cluster.local. hostmaster.cluster.local. SERIAL 7200 1800 86400 5";

    private static readonly ConformanceReply Expected = new()
    {
        ResponseCode = "NOERROR",
        Flags = ["AA", "RD"],
        Answer = [Web + " 5 A 10.0.0.1", Web + " 5 A 10.0.0.2"],
    };

    [Test]
    public void EqualReply_InOtherOrder_HasNoDifference() =>
        Assert.That(Compare(Expected, reply => AddWeb(reply, 2, 1)), Is.Empty);

    [Test]
    public void RecordMissing_IsFound() =>
        Assert.That(Compare(Expected, reply => AddWeb(reply, 1)), Has.Count.EqualTo(1).And.All.StartsWith("answer: "));

    [Test]
    public void FlagAndCode_Different_AreFound() =>
        Assert.That(
            Compare(Expected, reply =>
            {
                AddWeb(reply, 1, 2);
                reply.IsRecursionAvailable = true;
                reply.Code = ResponseCode.NameError;
            }),
            Is.EqualTo(new[] { "rcode: expected NOERROR, got NXDOMAIN", "flags: expected AA RD, got AA RA RD" }));

    [TestCase(7200u, 0)]
    [TestCase(7201u, 1)]
    public void ClusterSerial_MayBeAny_TheOtherNumbersMayNot(uint refresh, int differences)
    {
        var expected = Expected with { Answer = [], Authority = [Soa] };
        Assert.That(
            Compare(expected, reply => reply.AddStartOfAuthority(
                Section.Authority,
                NameParts.FromQuestion(ZoneOffset),
                5,
                NameParts.BeforeQuestion("\u0002ns\u0003dns"u8, ZoneOffset),
                NameParts.BeforeQuestion("\u000ahostmaster"u8, ZoneOffset),
                new SoaTimes(123, refresh, 1800, 86400, 5))),
            Has.Count.EqualTo(differences));
    }

    [Test]
    public void AliasBehindItsTarget_IsFound()
    {
        var expected = Expected with { Answer = [Web + " 5 CNAME x.", "x. 5 A 10.0.0.1"] };
        var target = DnsName.Parse("x");
        Assert.That(
            Compare(expected, reply =>
            {
                reply.AddAddress(Section.Answer, NameParts.Whole(target.Wire), 5, [10, 0, 0, 1]);
                reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.Whole(target.Wire));
            }),
            Has.Count.EqualTo(1).And.All.Contains("stands behind what it leads to"));
    }

    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(9, 1, TestName = "A record that the whole answer lacks")]
    public void CutReply_IsComparedWithTheWholeOne(int record, int differences)
    {
        var expected = Expected with { Flags = ["AA", "TC", "RD"], Answer = [], AnswerCount = 1 };
        var records = record == 2 ? new[] { 1, 2 } : [record];
        Assert.That(
            Compare(expected, reply =>
            {
                AddWeb(reply, records);
                reply.IsTruncated = true;
            }, full => AddWeb(full, 1, 2, 3)),
            Has.Count.EqualTo(differences));
    }

    [Test]
    public void OtherQuestionOrGarbage_IsNoReply()
    {
        var asked = Case(Expected);
        var other = asked with { Name = "other.test." };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Answer(other.WriteQuery(1), _ => { }, asked, asked.WriteQuery(1)), Is.EqualTo(new[] { "The packet is no reply to the query" }));
            Assert.That(ConformanceComparer.Compare(asked, asked.WriteQuery(1), new byte[5], () => []), Has.Count.EqualTo(1));
        }
    }

    private static void AddWeb(Reply reply, params int[] hosts)
    {
        foreach (var host in hosts)
        {
            reply.AddAddress(Section.Answer, NameParts.Question, 5, [10, 0, 0, (byte)host]);
        }
    }

    private static ConformanceCase Case(ConformanceReply expected) => new()
    {
        Line = 1,
        Profile = "verified",
        Name = Web,
        Type = RecordType.A,
        Transport = TransportProtocol.Udp,
        RecursionDesired = true,
        Expected = expected,
    };

    private static IReadOnlyList<string> Compare(ConformanceReply expected, Action<Reply> write, Action<Reply>? writeFull = null)
    {
        var asked = Case(expected);
        return Answer(asked.WriteQuery(7), write, asked, asked.WriteQuery(7), writeFull);
    }

    private static IReadOnlyList<string> Answer(
        byte[] question,
        Action<Reply> write,
        ConformanceCase asked,
        byte[] query,
        Action<Reply>? writeFull = null) =>
        ConformanceComparer.Compare(asked, query, Write(question, write), () => Write(question, writeFull ?? write));

    private static byte[] Write(byte[] question, Action<Reply> write)
    {
        var name = new QuestionName();
        Assert.That(QueryReader.Read(question, name, out var fields), Is.EqualTo(QueryVerdict.Accepted));
        using var reply = new Reply();
        reply.Begin(question, fields);
        reply.IsAuthoritative = true;
        write(reply);
        var packet = new byte[4096];
        return packet[..reply.Finish(packet, packet.Length)];
    }
}
