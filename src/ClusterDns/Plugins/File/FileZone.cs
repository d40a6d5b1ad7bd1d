using ClusterDns.Plugins.Hosts;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>
/// What a zone file says. Immutable; a few arrays, so that a zone of a million records is no million objects. Nodes are
/// the zone's names, those among them that only have others below (RFC 4592, 2.2.2), numbered in canonical order
/// (RFC 4034, 6.1): the apex is the first, and walking the numbers is a transfer's order.
/// </summary>
internal sealed class FileZone
{
    /// <summary>The apex's number.</summary>
    public const int Apex = 0;

    /// <summary>Instead of a number: there is no such node.</summary>
    public const int None = -1;

    private readonly HostNames _names;
    private readonly ZoneNode[] _nodes;
    private readonly RecordSet[] _sets;
    private readonly ZoneRecord[] _records;
    private readonly byte[] _data;
    private readonly int[] _denying;

    internal FileZone(
        DnsName origin, HostNames names, ZoneNode[] nodes, RecordSet[] sets, ZoneRecord[] records, byte[] data, uint serial)
    {
        Origin = origin;
        Serial = serial;
        _names = names;
        _nodes = nodes;
        _sets = sets;
        _records = records;
        _data = data;
        _denying = [.. Enumerable.Range(0, nodes.Length).Where(node => !Find(node, RecordType.NSEC).IsEmpty)];
    }

    public DnsName Origin { get; }

    /// <summary>The SOA's serial number.</summary>
    public uint Serial { get; }

    public int NodeCount => _nodes.Length;

    public int RecordCount => _records.Length;

    /// <summary>Whether the zone proves what it denies (RFC 4034, 4).</summary>
    public bool HasDenials => _denying.Length > 0;

    public ref readonly ZoneNode this[int node] => ref _nodes[node];

    /// <summary>A node's whole name, in lower case.</summary>
    public ReadOnlySpan<byte> NameOf(int node) => _names[node];

    /// <summary>The node with a name; false if there is none.</summary>
    public bool TryFind(ReadOnlySpan<byte> lowerCaseName, out int node) => _names.TryFind(lowerCaseName, out node);

    /// <summary>All sets of a node, in the order of their types.</summary>
    public ReadOnlySpan<RecordSet> SetsOf(int node) => _sets.AsSpan(_nodes[node].FirstSet, _nodes[node].SetCount);

    /// <summary>A node's records of one type; empty if there are none.</summary>
    public RecordSet Find(int node, RecordType type)
    {
        foreach (ref readonly var set in SetsOf(node))
        {
            if (set.Type == type)
            {
                return set;
            }
        }

        return default;
    }

    /// <summary>The records of a set, in the order of the file.</summary>
    public ReadOnlySpan<ZoneRecord> RecordsOf(RecordSet set) => _records.AsSpan(set.First, set.Count);

    public ReadOnlySpan<byte> DataOf(ZoneRecord record) => _data.AsSpan(record.DataStart, record.DataLength);

    /// <summary>
    /// The last node with an NSEC record that does not come behind the name: the one that denies what lies between it and
    /// the next. The name is in the zone, so there is one if the zone has any: the apex comes first.
    /// </summary>
    public int FindDenying(ReadOnlySpan<byte> lowerCaseName)
    {
        var low = 0;
        for (var high = _denying.Length; low < high;)
        {
            var middle = (low + high) / 2;
            if (CanonicalOrder.Compare(NameOf(_denying[middle]), lowerCaseName) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? None : _denying[low - 1];
    }
}
