using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Records of one name and type (RFC 2181, 5).</summary>
/// <param name="Type">TYPE.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Count">How many there are; none in the default value.</param>
internal readonly record struct RecordSet(RecordType Type, int First, int Count)
{
    public bool IsEmpty => Count == 0;
}
