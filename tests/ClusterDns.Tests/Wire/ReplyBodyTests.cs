using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>Records taken out of one reply and set into another, as they stand.</summary>
internal sealed class ReplyBodyTests
{
    private static readonly Gen<DraftRecord[]> Records =
        DraftRecord.Large.Array[0, 40].Select(all => all.OrderBy(record => record.Section).ToArray());

    [Test]
    public void TrySetBody_OfAnyReply_IsTheSameReplyAtAnyLimit() =>
        Gen.Select(Records, Gen.Int[0, 70_000]).Sample(
            (records, limit) =>
            {
                using var first = Write(records);
                using var second = ReplyScene.Of("a.web-0.Svc.");
                second.Reply.AddAddress(Section.Answer, NameParts.Question, 1, [1, 2, 3, 4]);
                return second.Reply.TrySetBody(first.Reply.Body, first.Reply.Shape)
                    && second.Reply.Shape == first.Reply.Shape
                    && second.Reply.UncompressedLength == first.Reply.UncompressedLength
                    && (first.Reply.IsTruncated || second.Reply.WillBeTruncated(limit) == first.Reply.WillBeTruncated(limit))
                    && second.Reply.Body.SequenceEqual(first.Reply.Body);
            },
            iter: 500);

    [Test]
    public void TrySetBody_RecordsAfterIt_ArePlacedBehind()
    {
        using var first = ReplyScene.Of("a.b.");
        first.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 0, 0, 1]);
        using var second = ReplyScene.Of("A.b.", udpSize: 1232);

        Assert.That(second.Reply.TrySetBody(first.Reply.Body, first.Reply.Shape), Is.True);
        second.Reply.AddAddress(Section.Answer, ReplyScene.Whole("A.b."), 30, [10, 0, 0, 2]);
        second.Reply.AddAddress(Section.Additional, ReplyScene.Whole("c.b."), 30, [10, 0, 0, 3]);

        Assert.That(
            RecordLines.ByUs(second.Finish(), second.Reply.QuestionEnd),
            Is.EqualTo(["Answer A.b. 30 A 0A000001", "Answer A.b. 30 A 0A000002", "Additional c.b. 30 A 0A000003"]));
        Assert.That(
            () => second.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [10, 0, 0, 4]),
            Throws.InvalidOperationException);
    }

    [Test]
    public void TrySetBody_ThenOnlyTheAnswersKept_HasNothingElse() =>
        Records.Sample(
            records =>
            {
                using var first = Write(records);
                using var second = ReplyScene.Of("a.web-0.Svc.");
                second.Reply.TrySetBody(first.Reply.Body, first.Reply.Shape);
                second.Reply.KeepAnswers();
                first.Reply.KeepAnswers();
                return second.Reply.Body.SequenceEqual(first.Reply.Body)
                    && second.Reply is { AuthorityCount: 0, AdditionalCount: 0 }
                    && second.Reply.AnswerCount == first.Reply.AnswerCount;
            },
            iter: 200);

    [Test]
    public void TrySetBody_NoRoomBesideTheOpt_GivesFalseAndAnEmptyReply()
    {
        using var first = ReplyScene.Of("a.");
        var room = MessageHeader.MaxMessageSize - first.Reply.QuestionEnd;
        first.Reply.AddRaw(Section.Answer, NameParts.Question, RecordType.NULL, RecordClass.IN, 30, new byte[room - 12]);
        Assert.That(first.Reply.Length, Is.EqualTo(MessageHeader.MaxMessageSize));
        using var second = ReplyScene.Of("a.", udpSize: 1232);

        Assert.That(second.Reply.TrySetBody(first.Reply.Body, first.Reply.Shape), Is.False);
        Assert.That((second.Reply.AnswerCount, second.Reply.Length), Is.EqualTo((0, second.Reply.QuestionEnd)));
    }

    private static ReplyScene Write(DraftRecord[] records)
    {
        var scene = new ReplyScene(new PacketBuilder().Question("a.web-0.svc.").ToArray());
        foreach (var record in records)
        {
            record.Write(scene.Reply, scene.Name);
        }

        return scene;
    }
}
