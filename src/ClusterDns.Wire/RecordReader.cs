using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// Walks the records behind a message's question. Costs what the octets cost, never what the counts in the header claim.
/// </summary>
public ref struct RecordReader
{
    private readonly ReadOnlySpan<byte> _message;
    private int _position;
    private int _section;
    private int _left;

    /// <param name="message">A message of at least <see cref="MessageHeader.Size"/> octets.</param>
    /// <param name="position">First octet behind the question section.</param>
    public RecordReader(ReadOnlySpan<byte> message, int position)
    {
        _message = message;
        _position = position;
        _left = MessageHeader.AnswerCount(message);
    }

    /// <summary>First octet not read yet: behind the last record once <see cref="TryRead"/> said false.</summary>
    public readonly int Position => _position;

    /// <summary>Set when the walk ended because a record was cut short or its owner was no name.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>
    /// Passes over the records that repeat the one read last, octet for octet, but for their rdata, and says how many they
    /// are: the rest of an RRset in a message of our own writing.
    /// </summary>
    public int SkipRepeats(in RecordView last)
    {
        var prefix = _message[last.Offset..last.DataOffset];
        var size = last.End - last.Offset;
        var count = 0;
        while (_left > 0 && _position + size <= _message.Length && _message.Slice(_position, prefix.Length).SequenceEqual(prefix))
        {
            _position += size;
            _left--;
            count++;
        }

        return count;
    }

    /// <summary>The next record; false at the end and at the first malformed record.</summary>
    public bool TryRead(out RecordView record)
    {
        record = default;
        while (_left == 0)
        {
            if (++_section > (int)Section.Additional)
            {
                _section = (int)Section.Additional;
                return false;
            }

            _left = _section == (int)Section.Authority
                ? MessageHeader.AuthorityCount(_message)
                : MessageHeader.AdditionalCount(_message);
        }

        var offset = _position;
        var at = offset;
        if (!NameReader.TrySkip(_message, ref at) || at + RecordView.FixedPart > _message.Length)
        {
            IsMalformed = true;
            return false;
        }

        var rest = _message[at..];
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[8..]);
        if (at + RecordView.FixedPart + length > _message.Length)
        {
            IsMalformed = true;
            return false;
        }

        record = new RecordView(
            (Section)_section,
            offset,
            (RecordType)BinaryPrimitives.ReadUInt16BigEndian(rest),
            (RecordClass)BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(rest[4..]),
            at + RecordView.FixedPart,
            length);
        _position = record.End;
        _left--;
        return true;
    }
}
