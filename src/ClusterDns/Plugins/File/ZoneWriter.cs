using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Writes records of a zone into a reply, with their signatures where the client wants them (RFC 4035, 3.1).</summary>
internal readonly ref struct ZoneWriter(FileZone zone, Query query)
{
    public FileZone Zone { get; } = zone;

    public Query Query { get; } = query;

    /// <summary>The name of a node that the question's name ends in, as the client has spelt it.</summary>
    public NameParts Enclosing(int node) => NameParts.FromQuestion(Query.Name.Length - Zone.NameOf(node).Length);

    /// <summary>A node's records of one type; false if it has none.</summary>
    public bool Write(Section section, NameParts owner, int node, RecordType type)
    {
        var set = Zone.Find(node, type);
        foreach (var record in Zone.RecordsOf(set))
        {
            if (!Query.Reply.AddPlain(section, owner, type, RecordClass.IN, record.TimeToLive, Zone.DataOf(record)))
            {
                break;
            }
        }

        if (!set.IsEmpty && Query.Edns.DnssecOk)
        {
            WriteSignatures(section, owner, node, type);
        }

        return !set.IsEmpty;
    }

    /// <summary>The zone's own NS records: what goes with an answer.</summary>
    public void WriteNameServers() => Write(Section.Authority, Enclosing(FileZone.Apex), FileZone.Apex, RecordType.NS);

    /// <summary>The zone's SOA: what goes with a denial.</summary>
    public void WriteStartOfAuthority() => Write(Section.Authority, Enclosing(FileZone.Apex), FileZone.Apex, RecordType.SOA);

    private void WriteSignatures(Section section, NameParts owner, int node, RecordType covered)
    {
        foreach (var record in Zone.RecordsOf(Zone.Find(node, RecordType.RRSIG)))
        {
            // RFC 4034, 3.1: the type covered comes first.
            var data = Zone.DataOf(record);
            if (data[0] == (byte)((ushort)covered >> 8) && data[1] == (byte)covered)
            {
                Query.Reply.AddPlain(section, owner, RecordType.RRSIG, RecordClass.IN, record.TimeToLive, data);
            }
        }
    }
}
