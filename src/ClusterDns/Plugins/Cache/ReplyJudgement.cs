using System.Buffers.Binary;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>What a reply is and how long its records say that it is good.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="GoodFor">Seconds, before they are clamped.</param>
/// <param name="Lowest">The lowest TTL of all sections, at most an hour.</param>
/// <param name="Highest">The highest TTL of all sections.</param>
internal readonly record struct ReplyJudgement(ReplyKind Kind, uint GoodFor, uint Lowest, uint Highest)
{
    /// <summary>It says that there is no such data.</summary>
    public bool IsNegative => Kind is ReplyKind.NameError or ReplyKind.NoData;

    /// <summary>Reads the reply that the rest of the chain has written.</summary>
    public static ReplyJudgement Of(Query query, CacheClock clock)
    {
        var reply = query.Reply;
        var lowest = CacheLimits.LongestSuccess;
        var highest = 0u;
        var facts = default(Facts);
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            lowest = Math.Min(lowest, record.TimeToLive);
            highest = Math.Max(highest, record.TimeToLive);
            facts.Read(record, query, clock);
        }

        var kind = facts.KindOf(query);
        var isBare = reply.AnswerCount + reply.AuthorityCount + reply.AdditionalCount == 0;
        var isMeasured = kind is ReplyKind.Answer or ReplyKind.NameError or ReplyKind.NoData;
        return new ReplyJudgement(kind, isMeasured && !isBare ? lowest : CacheLimits.Shortest, lowest, highest);
    }

    private struct Facts
    {
        private bool _hasAskedType;
        private bool _hasStartOfAuthority;
        private bool _hasNameServer;
        private bool _hasBadSignature;

        public void Read(in RecordView record, Query query, CacheClock clock)
        {
            switch (record.Section)
            {
                case Section.Answer:
                    _hasAskedType |= record.Type == query.Type || query.Type == RecordType.ANY;
                    break;
                case Section.Authority:
                    _hasStartOfAuthority |= record.Type == RecordType.SOA;
                    _hasNameServer |= record.Type == RecordType.NS;
                    break;
            }

            if (record.Type == RecordType.RRSIG && query.Edns.DnssecOk)
            {
                _hasBadSignature |= !IsValidNow(record.Data(query.Reply.Message), clock);
            }
        }

        public readonly ReplyKind KindOf(Query query)
        {
            var reply = query.Reply;
            if (_hasBadSignature)
            {
                return ReplyKind.Other;
            }

            return reply.Code switch
            {
                ResponseCode.NoError when _hasAskedType => ReplyKind.Answer,
                ResponseCode.NoError when _hasStartOfAuthority => ReplyKind.NoData,
                // An alias whose end is missing says nothing about the type asked for.
                ResponseCode.NoError when reply.AnswerCount > 0 => ReplyKind.Other,
                ResponseCode.NoError when _hasNameServer => ReplyKind.Delegation,
                ResponseCode.NoError => ReplyKind.Answer,
                ResponseCode.NameError when _hasStartOfAuthority => ReplyKind.NameError,
                ResponseCode.ServerFailure or ResponseCode.NotImplemented => ReplyKind.ServerError,
                _ => ReplyKind.Other,
            };
        }

        // RFC 4034, 3.1.5: expiration and inception in serial arithmetic.
        private static bool IsValidNow(ReadOnlySpan<byte> signature, CacheClock clock)
        {
            if (signature.Length < 16)
            {
                return false;
            }

            var now = (uint)clock.UnixSeconds;
            var expiration = BinaryPrimitives.ReadUInt32BigEndian(signature[8..]);
            var inception = BinaryPrimitives.ReadUInt32BigEndian(signature[12..]);
            return (int)(expiration - now) >= 0 && (int)(now - inception) >= 0;
        }
    }
}
