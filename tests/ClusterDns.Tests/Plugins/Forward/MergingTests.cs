using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Forward;

[TestFixture]
internal sealed class MergingTests
{
    private const ushort Recursive = MessageHeader.RecursionDesiredFlag;
    private const ushort Unchecked = Recursive | MessageHeader.CheckingDisabledFlag;

    [Test]
    public async Task SameQuestion_WhileAsked_IsAskedOnceAndAnsweredForEach()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Delay = TimeSpan.FromMilliseconds(50);
        string[] spellings = ["www.example.org", "WWW.example.ORG", "wWw.ExAmPlE.oRg"];
        var answers = await fixture.RunAsync(Task.WhenAll(
            spellings.Select(name => fixture.BeginAsync(QueryFactory.Ask(name, RecordType.A)))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture[1].Questions, Is.EqualTo(1));
            Assert.That(answers.Select(answer => answer.Addresses), Has.All.EqualTo("192.0.2.1"));
            Assert.That(answers.Select(answer => WireName.ToText(answer.Reply.QuestionName)), Is.EqualTo(spellings.Select(name => name + ".")));
            Assert.That(answers.Select(answer => answer.Query.Upstream), Has.All.EqualTo("10.0.0.1:53"));
        }
    }

    [Test]
    public async Task SameQuestion_AfterItsAnswer_IsAskedAgain()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        await fixture.AskAsync("example.org");
        await fixture.AskAsync("example.org");
        Assert.That(fixture[1].Questions, Is.EqualTo(2));
    }

    [Test]
    public async Task SameQuestion_ThatFails_FailsForEach()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n max_connect_attempts 1\n}");
        fixture[1].Reply = _ => null;
        var answers = await fixture.RunAsync(Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A)))));
        Assert.That(
            answers.Select(answer => (answer.Code, answer.Error)),
            Has.All.EqualTo((ResponseCode.ServerFailure, fixture[1].TimeoutText)));
    }

    [Test]
    public async Task SameQuestion_ThatGoesToTheNextForward_GoesThereForEach()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1 {\n next NXDOMAIN\n}\nforward . 10.0.0.2");
        fixture[1].Delay = TimeSpan.FromMilliseconds(5);
        fixture[1].Reply = query => query.Fail(ResponseCode.NameError);
        var answers = await fixture.RunAsync(Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A)))));
        Assert.That(answers.Select(answer => (answer.Query.Upstream, answer.Addresses)), Has.All.EqualTo(("10.0.0.2:53", "192.0.2.1")));
    }

    [Test]
    public async Task SameQuestion_MoreThanMayWait_BeginsAnotherExchange()
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Delay = TimeSpan.FromMilliseconds(5);
        var answers = await fixture.RunAsync(Task.WhenAll(
            Enumerable.Range(0, 2002).Select(_ => fixture.BeginAsync(QueryFactory.Ask("example.org", RecordType.A)))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture[1].Questions, Is.EqualTo(2));
            Assert.That(answers.Select(answer => answer.Addresses), Has.All.EqualTo("192.0.2.1"));
        }
    }

    /// <summary>Every reply names the question that it answers; whoever gets another's was mixed up.</summary>
    [Test]
    public void Questions_OfAllKindsAtOnce_AreNeverMixed()
    {
        var question = Gen.Select(
            OneOf("a.example.org", "b.example.org", "A.EXAMPLE.org"),
            OneOf(RecordType.A, RecordType.TXT),
            OneOf(RecordClass.IN, RecordClass.CH),
            OneOf<ushort?>(null, 1232, 4096),
            OneOf<ushort>(Recursive, Unchecked, 0),
            OneOf(TransportProtocol.Udp, TransportProtocol.Tcp),
            Gen.Bool);
        question.List[1, 40].Sample(
            questions =>
            {
                using var answered = CheckAsync(questions);
                answered.GetAwaiter().GetResult();
            },
            iter: 200,
            threads: 1);
    }

    private static async Task CheckAsync(
        List<(string Name, RecordType Type, RecordClass Class, ushort? Size, ushort Flags, TransportProtocol Protocol, bool Dnssec)> questions)
    {
        await using var fixture = new ForwardFixture("forward . 10.0.0.1");
        fixture[1].Delay = TimeSpan.FromMilliseconds(5);
        fixture[1].Reply = query => query.Answer($"{query.Name} 1 TXT {Describe(query)}");
        var answers = await fixture.RunAsync(Task.WhenAll(questions.Select(q => fixture.BeginAsync(
            QueryFactory.Ask(q.Name, q.Type, q.Class, q.Size, q.Dnssec, q.Flags, q.Protocol)))));
        var expected = questions.Select(q => string.Join(
            ',', q.Name.ToLowerInvariant() + ".", q.Type, q.Class, q.Size ?? 0, q.Dnssec && q.Size is not null, q.Flags, q.Protocol)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => TextOf(answer.Reply)), Is.EqualTo(expected));
            Assert.That(fixture[1].Questions, Is.EqualTo(expected.Distinct().Count()));
        }
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Describe(FakeQuery query) => string.Join(
        ',', query.Name, query.Type, query.Class, query.UdpSize, query.IsDnssecOk, MessageHeader.Flags(query.Message), query.Protocol);

    private static string TextOf(Reply reply)
    {
        var records = reply.ReadRecords();
        return records.TryRead(out var record)
            ? System.Text.Encoding.ASCII.GetString(record.Data(reply.Message)[1..])
            : "";
    }
}
