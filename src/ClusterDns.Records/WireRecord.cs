using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>One record as it goes on the wire, nothing in it compressed.</summary>
/// <param name="Owner">A whole name, letter case as written.</param>
/// <param name="Type">Never one that exists in questions or in one message only, such as ANY or OPT.</param>
/// <param name="Class">CLASS.</param>
/// <param name="TimeToLive">Seconds, at most 2^31 - 1 (RFC 2181, 8).</param>
/// <param name="Data">RDATA, at most 65,535 octets.</param>
public sealed record WireRecord(
    ReadOnlyMemory<byte> Owner,
    RecordType Type,
    RecordClass Class,
    uint TimeToLive,
    ReadOnlyMemory<byte> Data);
