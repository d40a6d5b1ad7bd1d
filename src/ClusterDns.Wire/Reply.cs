using System.Buffers;
using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// The reply to one query while it is being written: behind the question, section by section, compressed, in one buffer
/// that grows to 64 KiB. <see cref="Finish"/> cuts it to what the client takes. One instance serves many queries.
/// </summary>
public sealed class Reply : IDisposable
{
    /// <summary>Octets that most replies fit in; a larger one borrows a buffer and gives it back with the next query.</summary>
    public const int UsualSize = 2048;

    private const ushort PointerBits = 0xC000;
    private const int RecordFixedPart = 10;

    private readonly byte[] _usual = GC.AllocateUninitializedArray<byte>(UsualSize);
    private readonly NameCompressor _names = new();
    private readonly int[] _counts = new int[3];
    private byte[] _buffer;
    private int _length;
    private int _questionEnd;
    private ushort _id;
    private ushort _copiedFlags;
    private bool _isFull;

    public Reply()
    {
        _buffer = _usual;
    }

    public ResponseCode Code { get; set; }

    public bool IsAuthoritative { get; set; }

    public bool IsRecursionAvailable { get; set; }

    public bool IsAuthenticData { get; set; }

    /// <summary>Something that belongs to the answer is missing; set by the writer when 64 KiB are full.</summary>
    public bool IsTruncated { get; set; }

    /// <summary>The client's OPT record; when there was one, the reply gets one too.</summary>
    public Edns Edns { get; private set; }

    public int AnswerCount => _counts[(int)Section.Answer];

    public int AuthorityCount => _counts[(int)Section.Authority];

    public int AdditionalCount => _counts[(int)Section.Additional];

    /// <summary>Octets of header, question and records had no name been compressed, without OPT.</summary>
    public int UncompressedLength { get; private set; }

    /// <summary>Octets written so far, without OPT.</summary>
    public int Length => _length;

    /// <summary>First octet behind the question: where records begin.</summary>
    public int QuestionEnd => _questionEnd;

    /// <summary>The message so far. The header is whole only after <see cref="Finish"/>; rdata may be changed in place.</summary>
    public Span<byte> Message => _buffer.AsSpan(0, _length);

    /// <summary>The question's name as it was sent.</summary>
    public ReadOnlySpan<byte> QuestionName => _buffer.AsSpan(MessageHeader.Size, _questionEnd - MessageHeader.Size - 4);

    /// <summary>Starts over behind the question of <paramref name="packet"/>, which was accepted as <paramref name="query"/>.</summary>
    public void Begin(ReadOnlySpan<byte> packet, in QueryFields query)
    {
        ReturnLargeBuffer();
        packet[..query.QuestionEnd].CopyTo(_buffer);
        _questionEnd = query.QuestionEnd;
        _id = query.Id;
        _copiedFlags = (ushort)(query.Flags
            & (MessageHeader.RecursionDesiredFlag | MessageHeader.CheckingDisabledFlag));
        Edns = query.Edns;
        Clear();
    }

    /// <summary>Forgets all records, flags and the rcode; the question stays.</summary>
    public void Clear()
    {
        _length = _questionEnd;
        UncompressedLength = _questionEnd;
        _counts.AsSpan().Clear();
        _names.Clear();
        _isFull = false;
        Code = ResponseCode.NoError;
        IsAuthoritative = false;
        IsRecursionAvailable = false;
        IsAuthenticData = false;
        IsTruncated = false;
    }

    /// <summary>A or AAAA, by the length of <paramref name="address"/> (4 or 16 octets). False when the message is full.</summary>
    public bool AddAddress(Section section, NameParts owner, uint timeToLive, ReadOnlySpan<byte> address)
    {
        var type = address.Length == 4 ? RecordType.A : RecordType.AAAA;
        return AddRaw(section, owner, type, RecordClass.IN, timeToLive, address);
    }

    /// <summary>Any record whose rdata holds no compressed name. False when the message is full.</summary>
    public bool AddRaw(
        Section section,
        NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        ReadOnlySpan<byte> data)
    {
        if (!TryBegin(section, owner, type, recordClass, timeToLive, data.Length, out var dataStart))
        {
            return false;
        }

        data.CopyTo(_buffer.AsSpan(_length));
        _length += data.Length;
        UncompressedLength += data.Length;
        return End(section, dataStart);
    }

    /// <summary>A record whose rdata is one name that RFC 1035 lets us compress: CNAME, NS, PTR.</summary>
    public bool AddName(Section section, NameParts owner, RecordType type, uint timeToLive, NameParts target)
    {
        if (!TryBegin(section, owner, type, RecordClass.IN, timeToLive, WireName.MaxLength, out var dataStart))
        {
            return false;
        }

        WriteName(target);
        return End(section, dataStart);
    }

    /// <summary>SRV (RFC 2782); its target is never compressed, but later names may point at it.</summary>
    public bool AddService(
        Section section,
        NameParts owner,
        uint timeToLive,
        ushort priority,
        ushort weight,
        ushort port,
        NameParts target)
    {
        if (!TryBegin(section, owner, RecordType.SRV, RecordClass.IN, timeToLive, 6 + WireName.MaxLength, out var dataStart))
        {
            return false;
        }

        WriteUInt16(priority);
        WriteUInt16(weight);
        WriteUInt16(port);
        UncompressedLength += 6;
        WriteName(target, mayCompress: false);
        return End(section, dataStart);
    }

    /// <summary>SOA (RFC 1035, 3.3.13); times in seconds.</summary>
    public bool AddStartOfAuthority(
        Section section,
        NameParts owner,
        uint timeToLive,
        NameParts primaryServer,
        NameParts mailbox,
        in SoaTimes times)
    {
        if (!TryBegin(section, owner, RecordType.SOA, RecordClass.IN, timeToLive, (2 * WireName.MaxLength) + 20, out var dataStart))
        {
            return false;
        }

        WriteName(primaryServer);
        WriteName(mailbox);
        var fields = _buffer.AsSpan(_length);
        BinaryPrimitives.WriteUInt32BigEndian(fields[16..], times.Minimum);
        BinaryPrimitives.WriteUInt32BigEndian(fields[12..], times.Expire);
        BinaryPrimitives.WriteUInt32BigEndian(fields[8..], times.Retry);
        BinaryPrimitives.WriteUInt32BigEndian(fields[4..], times.Refresh);
        BinaryPrimitives.WriteUInt32BigEndian(fields, times.Serial);
        _length += 20;
        UncompressedLength += 20;
        return End(section, dataStart);
    }

    /// <summary>
    /// Copies a record out of another message, names in its rdata included, whatever compression it had there. False
    /// when this message is full or the record is malformed.
    /// </summary>
    /// <param name="section">Where it goes here.</param>
    /// <param name="source">The whole message it stands in.</param>
    /// <param name="record">Where it stands.</param>
    public bool AddCopy(Section section, ReadOnlySpan<byte> source, in RecordView record)
    {
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        var position = record.Offset;
        if (!NameReader.TryRead(source, ref position, owner, out var ownerLength)
            || !RecordData.TryGetLayout(record.Type, out var layout))
        {
            return false;
        }

        var most = record.DataLength + (layout.Names * WireName.MaxLength);
        var name = NameParts.Whole(owner[..ownerLength]);
        if (!TryBegin(section, name, record.Type, record.Class, record.TimeToLive, most, out var dataStart))
        {
            return false;
        }

        if (WriteData(source, record, layout))
        {
            return End(section, dataStart);
        }

        // Nothing points into the half-written record yet but the compressor: forget the names it holds.
        _length = dataStart - RecordFixedPart;
        _names.Clear();
        return false;
    }

    private bool WriteData(ReadOnlySpan<byte> source, in RecordView record, RecordLayout layout)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var position = record.DataOffset + layout.OctetsBefore;
        if (position > record.End)
        {
            return false;
        }

        WriteOctets(source[record.DataOffset..position]);
        UncompressedLength += layout.OctetsBefore;
        for (var i = 0; i < layout.Names; i++)
        {
            if (!NameReader.TryRead(source[..record.End], ref position, name, out var length))
            {
                return false;
            }

            WriteName(NameParts.Whole(name[..length]), layout.MayCompress);
        }

        WriteOctets(source[position..record.End]);
        UncompressedLength += record.End - position;
        return true;
    }

    /// <summary>Prepares for a reply with about this many different names, so that all of them can be pointed at.</summary>
    public void ExpectNames(int count) => _names.Expect(count);

    /// <summary>The records written so far.</summary>
    public RecordReader ReadRecords()
    {
        WriteHeader(0);
        return new RecordReader(Message, _questionEnd);
    }

    /// <summary>
    /// Writes the finished message to <paramref name="destination"/>, at most <paramref name="limit"/> octets of it:
    /// additional records go first, silently; a missing answer or authority record sets TC (RFC 2181, 9). The OPT record
    /// is always kept. Gives the octets written; <paramref name="destination"/> must hold <paramref name="limit"/>.
    /// </summary>
    public int Finish(Span<byte> destination, int limit)
    {
        var optSize = OptSize;
        var room = RoomWithin(limit);
        if (_length > room)
        {
            CutTo(room);
        }

        WriteHeader(optSize > 0 ? 1 : 0);
        Message.CopyTo(destination);
        if (optSize > 0)
        {
            WriteOpt(destination[_length..]);
        }

        return _length + optSize;
    }

    /// <summary>Whether the client will see TC when <see cref="Finish"/> is given this limit; nothing is cut yet.</summary>
    public bool WillBeTruncated(int limit)
    {
        if (IsTruncated || _length <= RoomWithin(limit))
        {
            return IsTruncated;
        }

        Span<int> kept = stackalloc int[3];
        Keep(RoomWithin(limit), kept);
        return IsIncomplete(kept);
    }

    public void Dispose() => ReturnLargeBuffer();

    private int OptSize => Edns.IsPresent ? Edns.RecordSize : 0;

    private int RoomWithin(int limit) => Math.Min(limit, MessageHeader.MaxMessageSize) - OptSize;

    private void CutTo(int room)
    {
        Span<int> kept = stackalloc int[3];
        _length = Keep(room, kept);
        IsTruncated |= IsIncomplete(kept);
        kept.CopyTo(_counts);
    }

    // Counts the records that end within room, section by section, and gives where the last of them ends.
    private int Keep(int room, Span<int> kept)
    {
        var records = ReadRecords();
        var end = _questionEnd;
        while (records.TryRead(out var record) && record.End <= room)
        {
            kept[(int)record.Section]++;
            end = record.End;
        }

        return end;
    }

    private bool IsIncomplete(ReadOnlySpan<int> kept) =>
        kept[(int)Section.Answer] < AnswerCount || kept[(int)Section.Authority] < AuthorityCount;

    private void WriteHeader(int additionalExtra)
    {
        var flags = (ushort)(MessageHeader.ResponseFlag
            | _copiedFlags
            | (IsAuthoritative ? MessageHeader.AuthoritativeFlag : 0)
            | (IsTruncated ? MessageHeader.TruncatedFlag : 0)
            | (IsRecursionAvailable ? MessageHeader.RecursionAvailableFlag : 0)
            | (IsAuthenticData ? MessageHeader.AuthenticDataFlag : 0)
            | MessageHeader.WithResponseCode(Code));
        MessageHeader.Write(_buffer, _id, flags, 1, AnswerCount, AuthorityCount, AdditionalCount + additionalExtra);
    }

    // The size that the client named is echoed, DO is copied, all other bits are zero (RFC 6891, 6.1.4).
    private void WriteOpt(Span<byte> destination)
    {
        destination[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)RecordType.OPT);
        BinaryPrimitives.WriteUInt16BigEndian(destination[3..], Edns.PayloadSize);
        var extended = ((uint)Code >> 4 << 24) | (Edns.DnssecOk ? Edns.DnssecOkBit : 0);
        BinaryPrimitives.WriteUInt32BigEndian(destination[5..], extended);
        BinaryPrimitives.WriteUInt16BigEndian(destination[9..], 0);
    }

    private bool TryBegin(
        Section section,
        NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        int mostData,
        out int dataStart)
    {
        dataStart = 0;
        var most = WireName.MaxLength + RecordFixedPart + mostData;
        if (_isFull || !HasRoom(most))
        {
            // Once a record was left out, a later and smaller one must not slip in: that would hide the gap.
            _isFull = true;
            IsTruncated |= section != Section.Additional;
            return false;
        }

        WriteName(owner);
        var fields = _buffer.AsSpan(_length, RecordFixedPart);
        BinaryPrimitives.WriteUInt16BigEndian(fields, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], (ushort)recordClass);
        BinaryPrimitives.WriteUInt32BigEndian(fields[4..], timeToLive);
        _length += RecordFixedPart;
        UncompressedLength += RecordFixedPart;
        dataStart = _length;
        return true;
    }

    private bool End(Section section, int dataStart)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(dataStart - 2), (ushort)(_length - dataStart));
        _counts[(int)section]++;
        return true;
    }

    private void WriteName(NameParts name, bool mayCompress = true)
    {
        if (name.EndsInQuestion && name.Head.IsEmpty && mayCompress)
        {
            WritePointer(MessageHeader.Size + name.QuestionOffset);
            UncompressedLength += QuestionName.Length - name.QuestionOffset;
            return;
        }

        Span<byte> whole = stackalloc byte[WireName.MaxLength];
        whole = whole[..Join(name, whole)];
        UncompressedLength += whole.Length;
        RememberQuestion();
        var target = -1;
        var ownOctets = mayCompress ? _names.FindLongestTail(_buffer, whole, out target) : whole.Length;
        _names.Remember(whole, ownOctets, _length);
        WriteOctets(whole[..ownOctets]);
        if (target >= 0)
        {
            WritePointer(target);
        }
    }

    // The question's labels become targets only when a name needs them: most replies never do.
    private void RememberQuestion()
    {
        if (_names.IsEmpty)
        {
            _names.Remember(QuestionName, QuestionName.Length, MessageHeader.Size);
        }
    }

    private int Join(NameParts name, Span<byte> destination)
    {
        var tail = name.EndsInQuestion ? QuestionName[name.QuestionOffset..] : name.Tail;
        if (name.Head.Length + tail.Length > WireName.MaxLength)
        {
            // Our own labels in front of somebody else's zone can exceed the limit; the tail alone is still a name.
            tail.CopyTo(destination);
            return tail.Length;
        }

        name.Head.CopyTo(destination);
        tail.CopyTo(destination[name.Head.Length..]);
        return name.Head.Length + tail.Length;
    }

    private void WritePointer(int target) => WriteUInt16((ushort)(PointerBits | target));

    private void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_length), value);
        _length += 2;
    }

    private void WriteOctets(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_buffer.AsSpan(_length));
        _length += octets.Length;
    }

    private bool HasRoom(int octets)
    {
        if (_length + octets <= _buffer.Length)
        {
            return true;
        }

        if (_length + octets > MessageHeader.MaxMessageSize)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + octets, _buffer.Length * 4));
        Message.CopyTo(larger);
        ReturnLargeBuffer();
        _buffer = larger;
        return true;
    }

    private void ReturnLargeBuffer()
    {
        if (_buffer != _usual)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = _usual;
        }
    }
}
