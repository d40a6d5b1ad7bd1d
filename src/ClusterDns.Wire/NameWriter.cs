namespace ClusterDns.Wire;

/// <summary>Writes names behind a message's question, with a pointer for as much of their end as stands there already.</summary>
internal sealed class NameWriter(MessageBuffer message)
{
    private const ushort PointerBits = 0xC000;

    private readonly NameCompressor _names = new();
    private int _questionLength;
    private bool _knowsQuestion;

    /// <summary>Octets that pointers have spared so far.</summary>
    public int Saved { get; private set; }

    public ReadOnlySpan<byte> QuestionName => message.Written.Slice(MessageHeader.Size, _questionLength);

    /// <summary>Starts over in a message that has only a question, its name so many octets long.</summary>
    public void Begin(int questionLength)
    {
        _questionLength = questionLength;
        GoBackTo(0);
    }

    /// <summary>Forgets all names but the question's; used when octets are taken back that some of them stand in.</summary>
    public void GoBackTo(int saved)
    {
        _names.Clear();
        _knowsQuestion = false;
        Saved = saved;
    }

    /// <summary>Counts what pointers spare in records that were copied whole.</summary>
    public void CountSaved(int octets) => Saved += octets;

    public void Expect(int names) => _names.Expect(names);

    /// <summary>Octets of the name without pointers; over 255 when our labels stand in front of too long a zone.</summary>
    public int LengthOf(in NameParts name) =>
        name.Head.Length + (name.EndsInQuestion ? _questionLength - name.QuestionOffset : name.Tail.Length);

    /// <summary>Writes a name of at most 255 octets. One that may not be compressed can still be pointed at later.</summary>
    public void Write(in NameParts name, bool mayCompress = true)
    {
        var start = message.Length;
        if (mayCompress && name.Head.IsEmpty && name.EndsInQuestion)
        {
            WriteTail(QuestionTail(name.QuestionOffset));
            Saved += LengthOf(name) - (message.Length - start);
            return;
        }

        message.Write(name.Head);
        var end = message.Length;
        var tail = NameCompressor.Root;
        if (name.EndsInQuestion)
        {
            tail = QuestionTail(name.QuestionOffset);
        }
        else
        {
            RememberQuestion();
            message.Write(name.Tail);
            end = message.Length - 1;
        }

        if (start < end)
        {
            end = _names.Resolve(message.Written, start, end, ref tail);
        }

        if (mayCompress)
        {
            message.CutTo(end);
            WriteTail(tail);
            Saved += LengthOf(name) - (message.Length - start);
        }
        else if (name.EndsInQuestion)
        {
            message.Write(QuestionName[name.QuestionOffset..]);
        }
    }

    /// <summary>
    /// Writes labels in front of the question's own end, which is pointed at without looking for more. For names that
    /// occur once, as in the SOA of every negative reply, the search costs more than it saves.
    /// </summary>
    public void WriteLone(in NameParts name)
    {
        if (!name.EndsInQuestion)
        {
            Write(in name);
            return;
        }

        var start = message.Length;
        message.Write(name.Head);
        WriteTail(QuestionTail(name.QuestionOffset));
        Saved += LengthOf(name) - (message.Length - start);
    }

    private void WriteTail(int name)
    {
        if (name == NameCompressor.Root)
        {
            message.WriteByte(0);
            return;
        }

        message.WriteUInt16((ushort)(PointerBits | name));
    }

    private int QuestionTail(int offset) =>
        offset == _questionLength - 1 ? NameCompressor.Root : MessageHeader.Size + offset;

    // The question's labels get into the table only when a whole name is looked up: most replies have none.
    private void RememberQuestion()
    {
        if (_knowsQuestion)
        {
            return;
        }

        _knowsQuestion = true;
        var root = NameCompressor.Root;
        _names.Resolve(message.Written, MessageHeader.Size, MessageHeader.Size + _questionLength - 1, ref root);
    }
}
