using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>A record of a zone in the making. A million of them are sorted, so they are small and no objects.</summary>
/// <param name="Name">The owner's number: first in the order that names were found, then in canonical order.</param>
/// <param name="Type">TYPE.</param>
/// <param name="Index">Its place in the file.</param>
/// <param name="TimeToLive">Seconds.</param>
/// <param name="DataStart">Where its rdata stands among all.</param>
/// <param name="DataLength">Octets of the rdata.</param>
internal readonly record struct DraftRecord(
    int Name, RecordType Type, int Index, uint TimeToLive, int DataStart, int DataLength) : IComparable<DraftRecord>
{
    /// <summary>By name, then by type; within a set in the order of the file.</summary>
    public int CompareTo(DraftRecord other)
    {
        var order = Name.CompareTo(other.Name);
        order = order != 0 ? order : ((ushort)Type).CompareTo((ushort)other.Type);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }
}
