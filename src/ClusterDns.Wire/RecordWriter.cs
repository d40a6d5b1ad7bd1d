using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// Writes records behind a question, one after the other. A record is begun, its rdata written, and ended; one that
/// turns out not to fit is taken back whole.
/// </summary>
internal sealed class RecordWriter
{
    private const int Unknown = -1;

    private readonly MessageBuffer _message = new();
    private readonly NameWriter _names;
    private readonly int[] _counts = new int[3];
    private int _limit;
    private Section _section;
    private Section _recordSection;
    private int _recordStart;
    private int _dataStart;
    private int _savedBefore;
    private int _answersEnd;
    private int _answersSaved;

    public RecordWriter()
    {
        _names = new NameWriter(_message);
    }

    public Span<byte> Message => _message.Written;

    public int Length => _message.Length;

    public int QuestionEnd { get; private set; }

    public ReadOnlySpan<byte> QuestionName => _names.QuestionName;

    public int UncompressedLength => _message.Length + _names.Saved;

    /// <summary>First octet behind the last answer or authority record: as much must be sent for the reply to be whole.</summary>
    public int RequiredEnd { get; private set; }

    /// <summary>A record was left out for want of room. No smaller one may follow: that would hide the gap.</summary>
    public bool IsFull { get; private set; }

    /// <summary>An answer or authority record is missing.</summary>
    public bool IsTruncated { get; set; }

    public int Count(Section section) => _counts[(int)section];

    /// <summary>Starts over behind a header and question. <paramref name="limit"/>: octets that the message may grow to.</summary>
    public void Begin(ReadOnlySpan<byte> question, int limit)
    {
        _message.Reset();
        _message.Write(question);
        QuestionEnd = question.Length;
        _limit = limit;
        Clear();
    }

    /// <summary>Forgets all records; the question stays.</summary>
    public void Clear()
    {
        _message.CutTo(QuestionEnd);
        _names.Begin(QuestionEnd - MessageHeader.Size - MessageHeader.QuestionFixedPart);
        _counts.AsSpan().Clear();
        _section = Section.Answer;
        RequiredEnd = QuestionEnd;
        _answersEnd = QuestionEnd;
        _answersSaved = 0;
        IsFull = false;
        IsTruncated = false;
    }

    /// <summary>Forgets the records behind the answers.</summary>
    public void KeepAnswers()
    {
        if (_answersEnd == Unknown)
        {
            // A body that was set whole: what pointers spared in its answers alone is not told, and only counted.
            _answersEnd = FindEndOfAnswers();
        }

        _message.CutTo(_answersEnd);
        _names.GoBackTo(_answersSaved);
        _counts.AsSpan((int)Section.Authority).Clear();
        _section = Section.Answer;
        RequiredEnd = _answersEnd;
    }

    public ReplyShape Shape => new(
        (ushort)Count(Section.Answer),
        (ushort)Count(Section.Authority),
        (ushort)Count(Section.Additional),
        RequiredEnd - QuestionEnd,
        _names.Saved);

    /// <summary>Writes whole records behind the question, where there are none yet; false when they do not fit.</summary>
    public bool TrySetBody(ReadOnlySpan<byte> body, in ReplyShape shape)
    {
        if (QuestionEnd + body.Length > _limit || !_message.TryReserve(body.Length))
        {
            return false;
        }

        _message.Write(body);
        _names.GoBackTo(shape.Saved);
        _counts[(int)Section.Answer] = shape.Answers;
        _counts[(int)Section.Authority] = shape.Authorities;
        _counts[(int)Section.Additional] = shape.Additionals;
        _section = shape.Additionals > 0 ? Section.Additional
            : shape.Authorities > 0 ? Section.Authority
            : Section.Answer;
        RequiredEnd = QuestionEnd + shape.RequiredLength;
        _answersEnd = Unknown;
        _answersSaved = shape.Saved;
        return true;
    }

    /// <summary>Gives back what was borrowed; only <see cref="Begin"/> may follow.</summary>
    public void Release()
    {
        _message.Reset();
        _names.Begin(0);
    }

    public void ExpectNames(int count) => _names.Expect(count);

    public bool IsWritable(in NameParts name) => _names.LengthOf(in name) <= WireName.MaxLength;

    /// <summary>
    /// Writes owner and fixed part. False, with nothing written, when the message is full or the owner exceeds 255 octets.
    /// </summary>
    /// <param name="section">The last record's section or a later one.</param>
    /// <param name="owner">Owner name.</param>
    /// <param name="type">TYPE.</param>
    /// <param name="recordClass">CLASS.</param>
    /// <param name="timeToLive">TTL in seconds.</param>
    /// <param name="octets">Octets of the rdata besides names.</param>
    /// <param name="names">Names in the rdata, at most two.</param>
    public bool TryBegin(
        Section section,
        in NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        int octets,
        int names = 0)
    {
        if (section < _section)
        {
            ThrowWrongOrder(section);
        }

        if (!IsWritable(in owner))
        {
            return false;
        }

        // The shortest owner is one octet. Whatever passes can overshoot the limit by its names only.
        var fixedOctets = RecordView.FixedPart + octets;
        if (IsFull
            || _message.Length + 1 + fixedOctets > _limit
            || !_message.TryReserve(fixedOctets + ((1 + names) * WireName.MaxLength)))
        {
            return LeaveOut(section);
        }

        _recordSection = section;
        _recordStart = _message.Length;
        _savedBefore = _names.Saved;
        _names.Write(in owner);
        var fields = _message.Take(RecordView.FixedPart);
        BinaryPrimitives.WriteUInt32BigEndian(fields[4..], timeToLive);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], (ushort)recordClass);
        BinaryPrimitives.WriteUInt16BigEndian(fields, (ushort)type);
        _dataStart = _message.Length;
        return true;
    }

    public void Write(ReadOnlySpan<byte> octets) => _message.Write(octets);

    public void WriteUInt16(ushort value) => _message.WriteUInt16(value);

    public void WriteUInt32(uint value) => _message.WriteUInt32(value);

    public void WriteName(in NameParts name, bool mayCompress = true) => _names.Write(in name, mayCompress);

    /// <summary>Writes a name that nothing else in the message is likely to share: no table is asked or told.</summary>
    public void WriteLoneName(in NameParts name) => _names.WriteLone(in name);

    /// <summary>Ends the record that was begun; false when it did not fit after all.</summary>
    public bool End()
    {
        if (_message.Length > _limit)
        {
            TakeBack();
            return LeaveOut(_recordSection);
        }

        var dataLength = (ushort)(_message.Length - _dataStart);
        BinaryPrimitives.WriteUInt16BigEndian(Message[(_dataStart - sizeof(ushort))..], dataLength);
        Account(records: 1);
        return true;
    }

    private void Account(int records)
    {
        _section = _recordSection;
        _counts[(int)_section] += records;
        if (_section != Section.Additional)
        {
            RequiredEnd = _message.Length;
        }

        if (_section == Section.Answer)
        {
            _answersEnd = _message.Length;
            _answersSaved = _names.Saved;
        }
    }

    /// <summary>The record written last begins with a pointer or the root: one like it would begin with the same octets.</summary>
    public bool IsOwnerShort => _dataStart - RecordView.FixedPart - _recordStart <= sizeof(ushort);

    /// <summary>
    /// Writes the record that was ended last again for each piece of rdata, which all are as long as its own; false when
    /// not all of them fit. Its owner is short.
    /// </summary>
    public bool Repeat(ReadOnlySpan<byte> data)
    {
        var saved = _names.Saved - _savedBefore;
        var prefix = _dataStart - _recordStart;
        var dataSize = _message.Length - _dataStart;
        var wanted = data.Length / dataSize;
        var count = Math.Min(wanted, (_limit - _message.Length) / (prefix + dataSize));
        if (!_message.TryReserve(count * (prefix + dataSize)))
        {
            return LeaveOut(_recordSection);
        }

        var first = _message.Written.Slice(_recordStart, prefix);
        var rest = _message.Take(count * (prefix + dataSize));
        for (var at = 0; at < rest.Length; at += prefix + dataSize)
        {
            first.CopyTo(rest[at..]);
            data[..dataSize].CopyTo(rest[(at + prefix)..]);
            data = data[dataSize..];
        }

        _names.CountSaved(count * saved);
        Account(count);
        return count == wanted || LeaveOut(_recordSection);
    }

    private int FindEndOfAnswers()
    {
        var end = QuestionEnd;
        for (var left = Count(Section.Answer); left > 0; left--)
        {
            NameReader.TrySkip(Message, ref end);
            end += RecordView.FixedPart + BinaryPrimitives.ReadUInt16BigEndian(Message[(end + RecordView.FixedPart - sizeof(ushort))..]);
        }

        return end;
    }

    /// <summary>Takes back the record that was begun.</summary>
    public void TakeBack()
    {
        _message.CutTo(_recordStart);
        _names.GoBackTo(_savedBefore);
    }

    private bool LeaveOut(Section section)
    {
        IsFull = true;
        IsTruncated |= section != Section.Additional;
        return false;
    }

    private static void ThrowWrongOrder(Section section) =>
        throw new InvalidOperationException($"{section} records cannot follow those of a later section");
}
