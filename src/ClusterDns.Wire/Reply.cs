using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>
/// The reply to one query while it is being written: behind the question, section by section, compressed, in one buffer
/// that grows to 64 KiB. <see cref="Finish"/> cuts it to what the client takes. One instance serves many queries.
/// </summary>
/// <remarks>
/// What adds a record gives false when the message is full, and then sets <see cref="IsTruncated"/> unless the record was
/// an additional one; or when a name exceeds 255 octets, which our labels in front of somebody else's zone may: then the
/// record cannot exist, nothing is missing, and later ones can still be added. Either way nothing of it was written.
/// Records go in the order of their sections; the other way round throws.
/// </remarks>
public sealed class Reply : IDisposable
{
    /// <summary>Octets that most replies fit in; a larger one borrows a buffer and gives it back with the next query.</summary>
    public const int UsualSize = MessageBuffer.UsualSize;

    private readonly RecordWriter _records = new();
    private readonly ReplyOpt _opt = new();
    private ushort _id;
    private ushort _copiedFlags;

    public ResponseCode Code { get; set; }

    public bool IsAuthoritative { get; set; }

    public bool IsRecursionAvailable { get; set; }

    public bool IsAuthenticData { get; set; }

    /// <summary>RD, copied from the query.</summary>
    public bool IsRecursionDesired
    {
        get => (_copiedFlags & MessageHeader.RecursionDesiredFlag) != 0;
        set => _copiedFlags = (ushort)(value
            ? _copiedFlags | MessageHeader.RecursionDesiredFlag
            : _copiedFlags & ~MessageHeader.RecursionDesiredFlag);
    }

    /// <summary>Something that belongs to the answer is missing; set by the writer when 64 KiB are full.</summary>
    public bool IsTruncated
    {
        get => _records.IsTruncated;
        set => _records.IsTruncated = value;
    }

    /// <summary>The client's OPT record; when there was one, the reply gets one too.</summary>
    public Edns Edns => _opt.Client;

    public int AnswerCount => _records.Count(Section.Answer);

    public int AuthorityCount => _records.Count(Section.Authority);

    public int AdditionalCount => _records.Count(Section.Additional);

    /// <summary>Octets of header, question and records had no name been compressed, without OPT.</summary>
    public int UncompressedLength => _records.UncompressedLength;

    /// <summary>Octets written so far, without OPT.</summary>
    public int Length => _records.Length;

    /// <summary>Octets that <see cref="Finish"/> writes when nothing is cut.</summary>
    public int FinishedLength => _records.Length + _opt.Size;

    /// <summary>First octet behind the question: where records begin.</summary>
    public int QuestionEnd => _records.QuestionEnd;

    /// <summary>
    /// The message so far; its header is right after <see cref="ReadRecords"/>. Rdata may be changed in place, names apart.
    /// A span that was taken before a record was added is for reading.
    /// </summary>
    public Span<byte> Message => _records.Message;

    /// <summary>The records so far, as they stand behind the question. Pointers in them lead into it and each other.</summary>
    public ReadOnlySpan<byte> Body => Message[QuestionEnd..];

    /// <summary>How <see cref="Body"/> is divided; both together are what <see cref="TrySetBody"/> takes.</summary>
    public ReplyShape Shape => _records.Shape;

    /// <summary>The question's name as it was sent.</summary>
    public ReadOnlySpan<byte> QuestionName => _records.QuestionName;

    /// <summary>Starts over behind the question of <paramref name="packet"/>, which was accepted as <paramref name="query"/>.</summary>
    public void Begin(ReadOnlySpan<byte> packet, in QueryFields query)
    {
        _id = query.Id;
        _copiedFlags = (ushort)(query.Flags
            & (MessageHeader.RecursionDesiredFlag | MessageHeader.CheckingDisabledFlag));
        _opt.Begin(query.Edns);
        _records.Begin(packet[..query.QuestionEnd], MessageHeader.MaxMessageSize - _opt.BareSize);
        ClearFlags();
    }

    /// <summary>Forgets all records, options, flags and the rcode; the question stays.</summary>
    public void Clear()
    {
        _opt.Clear();
        _records.Clear();
        ClearFlags();
    }

    /// <summary>Forgets the authority and additional records; flags, rcode and options stay.</summary>
    public void KeepAnswers() => _records.KeepAnswers();

    /// <summary>A or AAAA, by the length of <paramref name="address"/> (4 or 16 octets).</summary>
    public bool AddAddress(Section section, NameParts owner, uint timeToLive, ReadOnlySpan<byte> address)
    {
        var type = address.Length == 4 ? RecordType.A : RecordType.AAAA;
        return AddRaw(section, owner, type, RecordClass.IN, timeToLive, address);
    }

    /// <summary>
    /// A or AAAA for each address of one family, in their order: an RRset for the cost of copying it. False when not all of
    /// them had room.
    /// </summary>
    /// <param name="section">Where they go.</param>
    /// <param name="owner">The name of all of them.</param>
    /// <param name="timeToLive">TTL in seconds.</param>
    /// <param name="size">Octets of an address: 4 or 16.</param>
    /// <param name="addresses">One behind the other, in network order.</param>
    public bool AddAddresses(Section section, NameParts owner, uint timeToLive, int size, ReadOnlySpan<byte> addresses)
    {
        // An owner that the first record spells out is pointed at from the second on: those are alike.
        while (!addresses.IsEmpty)
        {
            if (!AddAddress(section, owner, timeToLive, addresses[..size]))
            {
                return false;
            }

            addresses = addresses[size..];
            if (_records.IsOwnerShort)
            {
                return _records.Repeat(addresses);
            }
        }

        return true;
    }

    /// <summary>Any record whose rdata holds no compressed name.</summary>
    public bool AddRaw(
        Section section,
        NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        ReadOnlySpan<byte> data)
    {
        if (!_records.TryBegin(section, in owner, type, recordClass, timeToLive, data.Length))
        {
            return false;
        }

        _records.Write(data);
        return _records.End();
    }

    /// <summary>A record whose rdata is one name that RFC 1035 lets us compress: CNAME, NS, PTR.</summary>
    public bool AddName(Section section, NameParts owner, RecordType type, uint timeToLive, NameParts target)
    {
        if (!_records.IsWritable(in target)
            || !_records.TryBegin(section, in owner, type, RecordClass.IN, timeToLive, octets: 0, names: 1))
        {
            return false;
        }

        _records.WriteName(in target);
        return _records.End();
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
        if (!_records.IsWritable(in target)
            || !_records.TryBegin(section, in owner, RecordType.SRV, RecordClass.IN, timeToLive, octets: 6, names: 1))
        {
            return false;
        }

        _records.WriteUInt16(priority);
        _records.WriteUInt16(weight);
        _records.WriteUInt16(port);
        _records.WriteName(in target, mayCompress: false);
        return _records.End();
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
        if (!_records.IsWritable(in primaryServer)
            || !_records.IsWritable(in mailbox)
            || !_records.TryBegin(section, in owner, RecordType.SOA, RecordClass.IN, timeToLive, octets: 20, names: 2))
        {
            return false;
        }

        _records.WriteLoneName(in primaryServer);
        _records.WriteLoneName(in mailbox);
        _records.WriteUInt32(times.Serial);
        _records.WriteUInt32(times.Refresh);
        _records.WriteUInt32(times.Retry);
        _records.WriteUInt32(times.Expire);
        _records.WriteUInt32(times.Minimum);
        return _records.End();
    }

    /// <summary>
    /// Any record out of rdata by itself, nothing in it compressed: the names in it are compressed where that is allowed
    /// (RFC 3597, 4). False also when the rdata is not made as the type says.
    /// </summary>
    public bool AddPlain(
        Section section,
        NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        ReadOnlySpan<byte> data) => RecordData.TryWrite(_records, section, owner, type, recordClass, timeToLive, data);

    /// <summary>
    /// Copies a record out of another message, names in its rdata included, whatever compression it had there. False also
    /// when the record is malformed or belongs to its message only (OPT, TSIG).
    /// </summary>
    /// <param name="section">Where it goes here.</param>
    /// <param name="source">The whole message it stands in.</param>
    /// <param name="record">Where it stands; its TTL may be another than that of the message.</param>
    /// <param name="map">Changes its names; where it has no name to put in, the answer is false too.</param>
    public bool AddCopy(Section section, ReadOnlySpan<byte> source, in RecordView record, INameMap? map = null) =>
        RecordData.TryCopy(_records, section, source, record, map);

    /// <summary>
    /// Takes over another server's reply: its records, flags AA, TC, RA, AD, and rcode. What this held before is gone.
    /// False, and nothing is taken over, when a record in it is malformed.
    /// </summary>
    public bool Adopt(ReadOnlySpan<byte> message, in ReplyFields fields)
    {
        Clear();
        var records = new RecordReader(message, fields.QuestionEnd);
        while (records.TryRead(out var record))
        {
            if (RecordData.IsCopied(record.Type) && !AddCopy(record.Section, message, record) && !_records.IsFull)
            {
                Clear();
                return false;
            }
        }

        Code = fields.Code;
        IsAuthoritative = fields.IsAuthoritative;
        IsRecursionAvailable = fields.IsRecursionAvailable;
        IsAuthenticData = fields.IsAuthenticData;
        IsTruncated |= fields.IsTruncated;
        return true;
    }

    /// <summary>
    /// Takes over records that another reply had as its <see cref="Body"/>, octet for octet: those to the same question,
    /// in any letter case, since pointers in them count from the start of the message. What this held before is gone.
    /// False, and the reply is empty, when they do not fit beside the client's OPT record.
    /// </summary>
    public bool TrySetBody(ReadOnlySpan<byte> body, in ReplyShape shape)
    {
        Clear();
        return _records.TrySetBody(body, shape);
    }

    /// <summary>
    /// An EDNS option to go with the reply. False when the client sent no OPT record, and when the options of this reply
    /// would exceed 512 octets. Options give way to answers in a reply that is cut.
    /// </summary>
    public bool AddOption(ushort code, ReadOnlySpan<byte> data) => _opt.TryAdd(code, data);

    /// <summary>The EDNS options added so far.</summary>
    public EdnsOptions Options => _opt.Options;

    /// <summary>Prepares for a reply with about this many different names, so that all of them can be pointed at.</summary>
    public void ExpectNames(int count) => _records.ExpectNames(count);

    /// <summary>The records written so far.</summary>
    public RecordReader ReadRecords()
    {
        WriteHeader(Message, new ReplyCut(Length, AnswerCount, AuthorityCount, AdditionalCount), IsTruncated, optCount: 0);
        return new RecordReader(Message, QuestionEnd);
    }

    /// <summary>Changes the TTL of a record that <see cref="ReadRecords"/> gave.</summary>
    public void SetTimeToLive(in RecordView record, uint seconds) =>
        BinaryPrimitives.WriteUInt32BigEndian(Message[record.TimeToLiveOffset..], seconds);

    /// <summary>
    /// Writes the finished message to <paramref name="destination"/>, at most <paramref name="limit"/> octets of it:
    /// additional RRsets go first, silently, then options; a missing answer or authority record sets TC (RFC 2181, 9).
    /// Header, question and OPT record are always kept, at most 282 octets.
    /// </summary>
    /// <param name="destination">
    /// Holds the smaller of <paramref name="limit"/> and <see cref="FinishedLength"/>, and at least what is always kept.
    /// </param>
    /// <param name="limit">Octets that the client takes.</param>
    /// <returns>Octets written. What this reply holds stays as it was.</returns>
    public int Finish(Span<byte> destination, int limit)
    {
        var room = RoomWithin(limit);
        var withOptions = _records.RequiredEnd + _opt.Size <= room;
        room -= withOptions ? _opt.Size : _opt.BareSize;
        var cut = new ReplyCut(Length, AnswerCount, AuthorityCount, AdditionalCount);
        if (cut.End > room)
        {
            ReadRecords();
            cut = ReplyCut.Find(Message, QuestionEnd, room);
        }

        Message[..cut.End].CopyTo(destination);
        WriteHeader(destination, cut, WillBeTruncated(limit), Edns.IsPresent ? 1 : 0);
        return cut.End + _opt.Write(destination[cut.End..], Code, withOptions);
    }

    /// <summary>Whether the client will see TC when <see cref="Finish"/> is given this limit.</summary>
    public bool WillBeTruncated(int limit) =>
        IsTruncated || _records.RequiredEnd + _opt.BareSize > RoomWithin(limit);

    public void Dispose() => _records.Release();

    private int RoomWithin(int limit) => Math.Clamp(limit, QuestionEnd + _opt.BareSize, MessageHeader.MaxMessageSize);

    private void ClearFlags()
    {
        Code = ResponseCode.NoError;
        IsAuthoritative = false;
        IsRecursionAvailable = false;
        IsAuthenticData = false;
    }

    private void WriteHeader(Span<byte> destination, in ReplyCut cut, bool isTruncated, int optCount)
    {
        var flags = (ushort)(MessageHeader.ResponseFlag
            | _copiedFlags
            | (IsAuthoritative ? MessageHeader.AuthoritativeFlag : 0)
            | (isTruncated ? MessageHeader.TruncatedFlag : 0)
            | (IsRecursionAvailable ? MessageHeader.RecursionAvailableFlag : 0)
            | (IsAuthenticData ? MessageHeader.AuthenticDataFlag : 0)
            | MessageHeader.WithResponseCode(CodeForHeader()));
        MessageHeader.Write(destination, _id, flags, 1, cut.Answers, cut.Authorities, cut.Additionals + optCount);
    }

    // Without OPT record there is no place for the upper bits, and the lower ones alone would say something else.
    private ResponseCode CodeForHeader() =>
        Code > MessageHeader.MaxHeaderCode && !Edns.IsPresent ? ResponseCode.ServerFailure : Code;
}
