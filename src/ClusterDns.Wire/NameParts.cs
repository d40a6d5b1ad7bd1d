namespace ClusterDns.Wire;

/// <summary>
/// A name about to be written, in up to two pieces, so that nobody has to join them first: labels of our own, then a
/// tail that is either a whole name or the end of the question's name. The default value is the question's name.
/// </summary>
public readonly ref struct NameParts
{
    private NameParts(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, int questionOffset)
    {
        Head = head;
        Tail = tail;
        QuestionOffset = questionOffset;
    }

    /// <summary>The name that was asked for, spelt as it was asked.</summary>
    public static NameParts Question => default;

    /// <summary>Length-prefixed labels in front of the tail, without root octet; often none.</summary>
    internal ReadOnlySpan<byte> Head { get; }

    /// <summary>A whole name; empty when the tail lies in the question.</summary>
    internal ReadOnlySpan<byte> Tail { get; }

    /// <summary>Where in the question's name the tail begins; meaningful when <see cref="EndsInQuestion"/>.</summary>
    internal int QuestionOffset { get; }

    internal bool EndsInQuestion => Tail.IsEmpty;

    /// <summary>The end of the question's name from <paramref name="offset"/> on, a label boundary.</summary>
    public static NameParts FromQuestion(int offset) => new([], [], offset);

    /// <summary>Labels in front of the end of the question's name.</summary>
    public static NameParts BeforeQuestion(ReadOnlySpan<byte> labels, int offset) => new(labels, [], offset);

    /// <summary>A whole name.</summary>
    public static NameParts Whole(ReadOnlySpan<byte> name) => new([], name, 0);

    /// <summary>Labels, without root octet, in front of a whole name.</summary>
    public static NameParts Before(ReadOnlySpan<byte> labels, ReadOnlySpan<byte> name) => new(labels, name, 0);
}
