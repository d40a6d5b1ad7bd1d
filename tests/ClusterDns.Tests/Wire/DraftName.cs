using ClusterDns.Wire;
using CsCheck;

namespace ClusterDns.Tests.Wire;

/// <summary>A name to be written, in one of the forms that a caller may choose, and the octets that it stands for.</summary>
/// <param name="Head">Labels without root octet.</param>
/// <param name="Tail">A whole name; null when the name ends in the question.</param>
/// <param name="Skip">Labels of the question that the name leaves out, modulo what it has.</param>
internal sealed record DraftName(byte[] Head, byte[]? Tail, int Skip)
{
    // Few labels in few spellings: names share ends all the time.
    private static readonly Gen<byte[]> Labels =
        Gen.OneOf(Gen.OneOf("a", "b", "A", "ns", "svc", "web-0", "cluster", "Local").Select(ReplyScene.Labels), Gen.OneOf(
            new string('x', 63), "10-244-0-17", @"\000\127", "longer-than-eight", "exactly8").Select(ReplyScene.Labels));

    private static readonly Gen<byte[]> Heads = Labels.Array[0, 3].Select(labels => labels.SelectMany(label => label).ToArray());

    public static readonly Gen<byte[]> WholeNames = Heads.Select(labels => (byte[])[.. labels, 0]);

    /// <summary>Any form; some names exceed 255 octets.</summary>
    public static readonly Gen<DraftName> Any = Gen.OneOf(
        Gen.Const(new DraftName([], null, 0)),
        Gen.Int[0, 9].Select(skip => new DraftName([], null, skip)),
        Gen.Select(Heads, Gen.Int[0, 9], (head, skip) => new DraftName(head, null, skip)),
        WholeNames.Select(name => new DraftName([], name, 0)),
        Gen.Select(Heads, WholeNames, (head, name) => new DraftName(head, name, 0)));

    public NameParts Parts(QuestionName question) =>
        (Head.Length, Tail) switch
        {
            (0, null) when Skip == 0 => NameParts.Question,
            (0, null) => NameParts.FromQuestion(Offset(question)),
            (_, null) => NameParts.BeforeQuestion(Head, Offset(question)),
            (0, _) => NameParts.Whole(Tail),
            _ => NameParts.Before(Head, Tail),
        };

    /// <summary>The whole name, spelt as it has to be read back.</summary>
    public byte[] Octets(QuestionName question, ReadOnlySpan<byte> questionAsSent) =>
        [.. Head, .. Tail is null ? questionAsSent[(Skip == 0 && Head.Length == 0 ? 0 : Offset(question))..] : Tail];

    private int Offset(QuestionName question) => question.OffsetOf(Skip % (question.LabelCount + 1));
}
