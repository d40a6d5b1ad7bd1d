using ClusterDns.Records;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Packs records, which come sorted by name and type. A record that is there already is left out (RFC 2181, 5).</summary>
internal sealed class ZoneDataBuilder
{
    private const int FewRecords = 16;

    private readonly List<RecordSet> _sets = [];
    private readonly List<ZoneRecord> _records = [];
    private HashSet<ReadOnlyMemory<byte>> _seen = new(OctetsComparer.Instance);
    private byte[] _octets = new byte[1024];
    private int _length;

    public int SetCount => _sets.Count;

    public RecordSet[] Sets => [.. _sets];

    public ZoneRecord[] Records => [.. _records];

    public byte[] Octets => _octets[.._length];

    public void Add(bool isNewName, WireRecord record)
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

        if (!_seen.Add(record.Data))
        {
            return;
        }

        var data = record.Data.Span;
        if (_length + data.Length > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + data.Length));
        }

        // CoreDNS folds these, and only these: what stands in a reply is then the same.
        var place = _octets.AsSpan(_length, data.Length);
        if (record.Type is RecordType.NS or RecordType.CNAME)
        {
            WireName.ToLower(data, place);
        }
        else if (record.Type is RecordType.SOA)
        {
            WireName.ToLower(data[..^20], place);
            data[^20..].CopyTo(place[^20..]);
        }
        else if (record.Type is RecordType.MX)
        {
            data[..2].CopyTo(place);
            WireName.ToLower(data[2..], place[2..]);
        }
        else
        {
            data.CopyTo(place);
        }

        _records.Add(new ZoneRecord(record.TimeToLive, _length, data.Length));
        _sets[^1] = _sets[^1] with { Count = _sets[^1].Count + 1 };
        _length += data.Length;
    }
}
