using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>A zone file's zone as it is handed over: every record in canonical order of names, the SOA apart.</summary>
internal sealed class FileZoneWalk(FileZone zone) : IZoneContents
{
    private int _node = FileZone.Apex;
    private int _set;
    private int _record = -1;

    public uint Serial => zone.Serial;

    public bool TryAddStartOfAuthority(Reply reply)
    {
        var set = zone.Find(FileZone.Apex, RecordType.SOA);
        return !set.IsEmpty && TryAdd(reply, FileZone.Apex, set, 0);
    }

    public bool MoveNext()
    {
        for (_record++; _node < zone.NodeCount; _node++)
        {
            for (var sets = zone.SetsOf(_node); _set < sets.Length; _set++)
            {
                if (_record < sets[_set].Count && !IsStartOfAuthority(sets[_set]))
                {
                    return true;
                }

                _record = 0;
            }

            _set = 0;
        }

        return false;
    }

    public bool TryAdd(Reply reply) => TryAdd(reply, _node, zone.SetsOf(_node)[_set], _record);

    private bool IsStartOfAuthority(RecordSet set) => _node == FileZone.Apex && set.Type == RecordType.SOA;

    private bool TryAdd(Reply reply, int node, RecordSet set, int index)
    {
        var record = zone.RecordsOf(set)[index];
        var owner = NameParts.Whole(zone.NameOf(node));
        return reply.AddPlain(Section.Answer, owner, set.Type, RecordClass.IN, record.TimeToLive, zone.DataOf(record));
    }
}
