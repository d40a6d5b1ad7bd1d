using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Packs records, which come sorted by name and type. A record that is there already is left out (RFC 2181, 5).</summary>
/// <param name="source">The rdata of all.</param>
/// <param name="count">How many come at most.</param>
internal sealed class ZoneDataBuilder(ReadOnlyMemory<byte> source, int count)
{
    private const int FewRecords = 16;

    private readonly List<RecordSet> _sets = [];
    private readonly List<ZoneRecord> _records = new(count);
    private readonly byte[] _octets = new byte[source.Length];
    private HashSet<ReadOnlyMemory<byte>> _seen = new(OctetsComparer.Instance);
    private int _length;

    public int SetCount => _sets.Count;

    public RecordSet[] Sets => [.. _sets];

    public ZoneRecord[] Records => [.. _records];

    public byte[] Octets => _octets;

    public void Add(bool isNewName, DraftRecord record)
    {
        if (isNewName || _sets[^1].Type != record.Type)
        {
            _sets.Add(new RecordSet(record.Type, _records.Count, 0));

            // To empty one that a large set has stretched costs as much as that set, again and again.
            if (_seen.Count > FewRecords)
            {
                _seen = new HashSet<ReadOnlyMemory<byte>>(OctetsComparer.Instance);
            }

            _seen.Clear();
        }

        var data = source.Slice(record.DataStart, record.DataLength);
        if (!_seen.Add(data))
        {
            return;
        }

        Copy(record.Type, data.Span, _octets.AsSpan(_length));
        _records.Add(new ZoneRecord(record.TimeToLive, _length, data.Length));
        _sets[^1] = _sets[^1] with { Count = _sets[^1].Count + 1 };
        _length += data.Length;
    }

    // CoreDNS folds the names in these, and only these: what stands in a reply is then the same.
    private static void Copy(RecordType type, ReadOnlySpan<byte> data, Span<byte> place)
    {
        var (before, after) = type switch
        {
            RecordType.NS or RecordType.CNAME => (0, 0),
            RecordType.MX => (2, 0),
            RecordType.SOA => (0, 20),
            _ => (data.Length, 0),
        };
        data.CopyTo(place);
        WireName.ToLower(data[before..^after], place[before..]);
    }
}
