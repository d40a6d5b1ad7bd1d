using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>The records of a <see cref="FakeUpstream"/>, and the replies that follow from them.</summary>
internal sealed class FakeTable
{
    private const int MostAliases = 8;

    /// <summary>TTL of a negative answer, by the SOA's last number.</summary>
    private const int NegativeSeconds = 30;

    private readonly Lock _lock = new();
    private readonly List<FakeRecord> _records = [];

    public void Add(FakeRecord record)
    {
        lock (_lock)
        {
            _records.Add(record);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    public byte[] Answer(FakeQuery query)
    {
        lock (_lock)
        {
            return AnswerLocked(query);
        }
    }

    private byte[] AnswerLocked(FakeQuery query)
    {
        var asked = query.Question[..^MessageHeader.QuestionFixedPart].ToArray();
        var answers = new List<FakeRecord>();
        var name = asked;
        for (var aliases = 0; aliases < MostAliases; aliases++)
        {
            var found = Owned(name).Where(record => record.Type == query.Type || query.Type == RecordType.ANY).ToList();
            answers.AddRange(found);
            var alias = Owned(name).FirstOrDefault(record => record.Type == RecordType.CNAME);
            if (found.Count > 0 || alias is null)
            {
                break;
            }

            answers.Add(alias);
            name = alias.Data;
        }

        var isFound = answers.Count > 0 && answers[^1].Owner.AsSpan().SequenceEqual(name);
        var reply = new FakeReply(query)
        {
            Code = Exists(name) ? ResponseCode.NoError : ResponseCode.NameError,
            Answers = answers,
            Authorities = isFound ? [] : [NegativeSoa(name)],
        }.ToArray();
        var limit = Math.Max(query.UdpSize, MessageHeader.MinUdpPayloadSize);
        return query.Protocol == FakeProtocol.Udp && reply.Length > limit ? query.Truncated() : reply;
    }

    private static FakeRecord NegativeSoa(byte[] name)
    {
        var zone = WireName.ToText(name);
        zone = zone[(zone.TrimEnd('.').LastIndexOf('.') + 1)..];
        return FakeRecord.Parse($"{zone} {NegativeSeconds} SOA ns.fake.test. admin.fake.test. 1 7200 1800 86400 {NegativeSeconds}");
    }

    private IEnumerable<FakeRecord> Owned(byte[] name) => _records.Where(record => WireName.EqualsIgnoreCase(record.Owner, name));

    /// <summary>A name exists as well when only names below it have records.</summary>
    private bool Exists(byte[] name) =>
        _records.Any(record => record.Owner.Length >= name.Length
            && WireName.EqualsIgnoreCase(record.Owner.AsSpan(record.Owner.Length - name.Length), name));
}
