using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>
/// One reply: the key's name, the records as they stand behind a question, and where in them each TTL stands. What a
/// reader uses never changes, counters apart; the links belong to the shard's writer.
/// </summary>
internal sealed class CacheEntry
{
    /// <summary>Stands in a slot whose entry is gone. No key is equal to it.</summary>
    public static readonly CacheEntry Gone = new(ulong.MaxValue, []);

    /// <summary>More hits than this tell an entry's popularity no better.</summary>
    public const int MostUses = 3;

    /// <summary>
    /// Octets that an entry takes besides its own: this object 136, the array's header 24, up to four slots 32, a ghost 8,
    /// and a little for what the collector cannot fill.
    /// </summary>
    private const int Overhead = 208;

    private readonly ulong _facts;
    private readonly byte[] _octets;
    private byte _nameLength;
    private ushort _bodyLength;
    private ReplyShape _shape;

    private CacheEntry(ulong facts, byte[] octets)
    {
        _facts = facts;
        _octets = octets;
    }

    public ulong Hash { get; private init; }

    /// <summary>The key's name, in lower case, uncompressed.</summary>
    public ReadOnlySpan<byte> Name => _octets.AsSpan(0, _nameLength);

    public RecordType Type => CacheKey.TypeOf(_facts);

    public RecordClass Class => CacheKey.ClassOf(_facts);

    /// <summary>Whether it answers queries with the DO bit.</summary>
    public bool IsForDnssec => CacheKey.IsDnssecOk(_facts);

    /// <summary>Whether it answers queries with the CD bit.</summary>
    public bool IsUnchecked => CacheKey.IsCheckingDisabled(_facts);

    /// <summary>The TTL of every record when it was stored, in seconds; at least 1.</summary>
    public uint TimeToLive { get; private init; }

    /// <summary>When the TTL is over, in ticks.</summary>
    public long FreshUntil { get; private init; }

    /// <summary>When it may not be served any more, stale or not.</summary>
    public long UsableUntil { get; private init; }

    public ResponseCode Code { get; private init; }

    /// <summary>It is in the table of denials and failures.</summary>
    public bool IsDenial { get; private init; }

    public bool IsRecursionAvailable { get; private init; }

    public bool IsAuthenticData { get; private init; }

    /// <summary>Octets of memory that it is charged with.</summary>
    public int Charge => Overhead + ((_octets.Length + 7) & ~7);

    /// <summary>The refresh that was started last.</summary>
    public Task<bool>? Refresh;

    /// <summary>Before this time no refresh is started, because the last one failed.</summary>
    public long RetryAt;

    /// <summary>Hits in a row for prefetching, and the last of them. Several threads count, and may miss one.</summary>
    public int Hits;

    public long LastHit;

    /// <summary>The neighbours in the segment's order, for its writer.</summary>
    public CacheEntry? Older;

    public CacheEntry? Newer;

    /// <summary>Hits since the writer looked last, up to <see cref="MostUses"/>. A lost count does no harm.</summary>
    public byte Uses;

    /// <summary>It has left the probation segment.</summary>
    public bool IsProven;

    /// <summary>Keeps a reply whose records all have the TTL <paramref name="timeToLive"/>.</summary>
    /// <param name="key">What it is kept under.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="isDenial">Whether it goes to the table of denials.</param>
    /// <param name="timeToLive">Seconds, at least 1.</param>
    /// <param name="freshUntil">When that is over, in ticks.</param>
    /// <param name="usableUntil">When it may not be served stale any more, in ticks.</param>
    public static CacheEntry Of(
        in CacheKey key,
        Reply reply,
        bool isDenial,
        uint timeToLive,
        long freshUntil,
        long usableUntil)
    {
        var records = reply.AnswerCount + reply.AuthorityCount + reply.AdditionalCount;
        var body = reply.Body;
        var octets = GC.AllocateUninitializedArray<byte>(key.Name.Length + body.Length + (records * sizeof(ushort)));
        key.Name.CopyTo(octets);
        body.CopyTo(octets.AsSpan(key.Name.Length));
        WriteOffsets(octets.AsSpan(key.Name.Length + body.Length), reply);
        return new CacheEntry(key.Facts, octets)
        {
            Hash = key.Hash,
            TimeToLive = timeToLive,
            FreshUntil = freshUntil,
            UsableUntil = usableUntil,
            Code = reply.Code,
            IsDenial = isDenial,
            IsRecursionAvailable = reply.IsRecursionAvailable,
            IsAuthenticData = reply.IsAuthenticData,
            _nameLength = (byte)key.Name.Length,
            _bodyLength = (ushort)body.Length,
            _shape = reply.Shape,
        };
    }

    public bool Matches(in CacheKey key) =>
        Hash == key.Hash && _facts == key.Facts && _octets.AsSpan(0, _nameLength).SequenceEqual(key.Name);

    /// <summary>Whether it and <paramref name="other"/> have the same key.</summary>
    public bool HasKeyOf(CacheEntry other) =>
        Hash == other.Hash
        && _facts == other._facts
        && _octets.AsSpan(0, _nameLength).SequenceEqual(other._octets.AsSpan(0, other._nameLength));

    /// <summary>Seconds left of the TTL, from 1 to all of it; good while it is fresh.</summary>
    public uint Remaining(long now, long second) =>
        // Somebody who took the time before it was stored finds it younger than new.
        (uint)Math.Clamp((FreshUntil - now + second - 1) / second, 1, TimeToLive);

    public void CountUse()
    {
        if (Uses < MostUses)
        {
            Uses++;
        }
    }

    /// <summary>
    /// Writes the reply to another query of the same key. Every record gets the TTL <paramref name="timeToLive"/>; owners
    /// that point at the question are spelt as it is. False when it does not fit beside the client's OPT record.
    /// </summary>
    public bool TryWriteTo(Query query, uint timeToLive)
    {
        var reply = query.Reply;
        var body = _octets.AsSpan(_nameLength, _bodyLength);
        if (!reply.TrySetBody(body, _shape))
        {
            return false;
        }

        var records = reply.Message[reply.QuestionEnd..];
        foreach (var offset in MemoryMarshal.Cast<byte, ushort>(_octets.AsSpan(_nameLength + _bodyLength)))
        {
            BinaryPrimitives.WriteUInt32BigEndian(records[offset..], timeToLive);
        }

        reply.Code = Code;
        reply.IsAuthoritative = true;
        reply.IsRecursionAvailable = IsRecursionAvailable;
        reply.IsAuthenticData = IsAuthenticData && AuthenticData.IsAskedBy(query);
        return true;
    }

    private static void WriteOffsets(Span<byte> destination, Reply reply)
    {
        var offsets = MemoryMarshal.Cast<byte, ushort>(destination);
        var records = reply.ReadRecords();
        for (var i = 0; records.TryRead(out var record); i++)
        {
            offsets[i] = (ushort)(record.TimeToLiveOffset - reply.QuestionEnd);
        }
    }
}
