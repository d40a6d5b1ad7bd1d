using System.Buffers.Binary;
using ClusterDns.Plugins.Hosts;
using ClusterDns.Records;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Collects the records of a zone and makes the zone of them. One use, one thread.</summary>
internal sealed class FileZoneBuilder(DnsName origin)
{
    private readonly HostNames _found = new();
    private readonly List<DraftRecord> _records = [];
    private byte[] _octets = new byte[1024];
    private int _length;
    private WireRecord? _startOfAuthority;

    /// <summary>Records that belong to another zone and are left out.</summary>
    public int Strays { get; private set; }

    /// <summary>What was added last is the first of them.</summary>
    public bool IsFirstStray { get; private set; }

    /// <summary>The SOA record's serial, once it was added.</summary>
    public uint? Serial => _startOfAuthority is { } record ? SerialOf(record) : null;

    public void Add(WireRecord record)
    {
        Span<byte> lowerCase = stackalloc byte[WireName.MaxLength];
        var name = lowerCase[..record.Owner.Length];
        WireName.ToLower(record.Owner.Span, name);
        IsFirstStray = false;
        if (!IsInZone(name) || (record.Type == RecordType.SOA && name.Length != origin.Wire.Length))
        {
            IsFirstStray = Strays++ == 0;
        }
        else if (record.Type == RecordType.SOA)
        {
            // The last one counts, as for CoreDNS: a zone has one.
            _startOfAuthority = record;
        }
        else
        {
            Keep(AddName(name), record);
        }
    }

    /// <summary>The zone; its SOA was added.</summary>
    public FileZone Build()
    {
        Keep(AddName(origin.Wire), _startOfAuthority!);
        var (names, numbers) = Sort();
        var records = new DraftRecord[_records.Count];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = _records[i] with { Name = numbers[_records[i].Name] };
        }

        Array.Sort(records);
        var data = new ZoneDataBuilder(_octets.AsMemory(0, _length), records.Length);
        var nodes = new ZoneNode[names.Count];
        var next = 0;
        for (var node = 0; node < nodes.Length; node++)
        {
            var firstSet = data.SetCount;
            for (; next < records.Length && records[next].Name == node; next++)
            {
                data.Add(isNewName: data.SetCount == firstSet, records[next]);
            }

            nodes[node] = new ZoneNode(firstSet, data.SetCount - firstSet, FileZone.None, FileZone.None);
        }

        var sets = data.Sets;
        ZoneTree.Link(names, nodes, sets);
        return new FileZone(origin, names, nodes, sets, data.Records, data.Octets, SerialOf(_startOfAuthority!));
    }

    private void Keep(int name, WireRecord record)
    {
        var data = record.Data.Span;
        if (_length + data.Length > _octets.Length)
        {
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + data.Length));
        }

        data.CopyTo(_octets.AsSpan(_length));
        _records.Add(new DraftRecord(name, record.Type, _records.Count, record.TimeToLive, _length, data.Length));
        _length += data.Length;
    }

    /// <summary>A name and all those between it and the apex.</summary>
    private int AddName(ReadOnlySpan<byte> name)
    {
        var known = _found.Count;
        var number = _found.Add(name);
        while (name.Length > origin.Wire.Length && _found.Count > known)
        {
            name = name[(name[0] + 1)..];
            known = _found.Count;
            _found.Add(name);
        }

        return number;
    }

    private (HostNames Names, int[] Numbers) Sort()
    {
        var order = new int[_found.Count];
        for (var name = 0; name < order.Length; name++)
        {
            order[name] = name;
        }

        Array.Sort(order, (left, right) => CanonicalOrder.Compare(_found[left], _found[right]));
        var names = new HostNames();
        var numbers = new int[order.Length];
        foreach (var name in order)
        {
            numbers[name] = names.Add(_found[name]);
        }

        return (names, numbers);
    }

    private bool IsInZone(ReadOnlySpan<byte> name)
    {
        while (name.Length > origin.Wire.Length)
        {
            name = name[(name[0] + 1)..];
        }

        return name.SequenceEqual(origin.Wire);
    }

    // RFC 1035, 3.3.13: two names, then SERIAL and four times.
    private static uint SerialOf(WireRecord record) => BinaryPrimitives.ReadUInt32BigEndian(record.Data.Span[^20..]);
}
